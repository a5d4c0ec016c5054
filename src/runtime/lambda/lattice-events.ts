/**
 * What VPC Lattice invokes a function with, event structure V2.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export interface LatticeEvent {
  readonly version: string;
  /** As sent. */
  readonly path: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, readonly string[] | undefined>> | null;
  /** As sent: not decoded. */
  readonly queryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly serviceNetworkArn: string;
    readonly serviceArn?: string;
    readonly targetGroupArn?: string;
    /** Who asks, where an auth policy is used: `type`, `principal`, `sessionName` and others. */
    readonly identity?: Readonly<Record<string, string | undefined>>;
    readonly region?: string;
    /** In microseconds. */
    readonly timeEpoch?: string;
  };
}

/** What VPC Lattice invokes a function with, event structure V1. */
export interface LatticeV1Event {
  /** As sent, with the query where there is one. */
  readonly raw_path: string;
  readonly method: string;
  /** Repeated ones are one string, joined with a comma and a space. */
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  /** Of repeated ones the last. */
  readonly query_string_parameters?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
  readonly is_base64_encoded?: boolean;
}

/** What VPC Lattice reads as an answer. */
export interface LatticeResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}
