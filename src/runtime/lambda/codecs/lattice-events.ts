/**
 * The event of VPC Lattice, event structure V2.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export interface LatticeEvent {
  readonly version: string;
  /** As the client sent it. */
  readonly path: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, readonly string[] | undefined>> | null;
  /** As the client sent it: not decoded. */
  readonly queryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly serviceNetworkArn: string;
    readonly serviceArn?: string;
    readonly targetGroupArn?: string;
    /** The caller, where an auth policy is used: `type`, `principal`, `sessionName` and others. */
    readonly identity?: Readonly<Record<string, string | undefined>>;
    readonly region?: string;
    /** In microseconds. */
    readonly timeEpoch?: string;
  };
}

/** The event of VPC Lattice, event structure V1. */
export interface LatticeV1Event {
  /** As the client sent it, with the query. */
  readonly raw_path: string;
  readonly method: string;
  /** Repeated headers are one string, joined with a comma and a space. */
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  /** The last value of each name. */
  readonly query_string_parameters?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
  readonly is_base64_encoded?: boolean;
}

/** The result that VPC Lattice expects. */
export interface LatticeResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}
