/** The route that was chosen for a request. */
export interface RequestRoute {
  /** The controller class. */
  readonly controller: abstract new (
    ...args: never[]
  ) => unknown;
  /** The name of the method. */
  readonly methodName: string | symbol;
  /** The whole path, as declared. */
  readonly path: string;
  /** In upper case, or `ALL`. */
  readonly method: string;
  /** What decorators of `defineRouteMetadata` set on the method, the class and its base classes, by decorator. */
  readonly metadata: ReadonlyMap<unknown, unknown>;
  /** The path's parameters, from left to right. */
  readonly params: readonly { readonly name: string; read(value: ParamValue): string | undefined }[];
}

/** The value of one path parameter: text, or the raw segments of a `*rest`. */
export type ParamValue = string | readonly string[] | undefined;
