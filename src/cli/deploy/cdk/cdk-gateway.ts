/** A gateway as a part of a CDK stack. */
export interface CdkGateway {
  /** What it imports in addition to what every stack imports, by its name there. */
  readonly imports: Readonly<Record<string, string>>;
  /** Lines of the stack's constructor. */
  readonly body: string;
}
