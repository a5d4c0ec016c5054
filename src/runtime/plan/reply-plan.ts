/** What decorators say about a route's successful replies. */
export interface ReplyPlan {
  /** By `@HttpCode`. */
  readonly status?: number;
  /** By `@ContentType`. */
  readonly contentType?: string;
  /** `contentType` with the charset that text needs. */
  readonly textType?: string;
  /** By `@Header`, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole `Set-Cookie` values, by `@Header`. */
  readonly cookies?: readonly string[];
  readonly onNull?: number;
  readonly onUndefined?: number;
  /** By `@Redirect`. */
  readonly redirect?: { readonly status: number; readonly location?: string };
  /** By `@Render`: the name of the view. */
  readonly view?: string;
}
