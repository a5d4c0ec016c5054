/** What a function is configured with, in AWS's own terms; what the local Lambda reads of it. */
export interface FunctionSettings {
  readonly functionName: string;
  /** In MB. */
  readonly memorySize: number;
  /** In seconds. */
  readonly timeout: number;
  /** Such as `nodejs22.x`. */
  readonly runtime: string;
  /** Variables of the function's own. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What counts where the project says nothing. */
export const DEFAULT_SETTINGS: FunctionSettings = {
  functionName: 'app',
  memorySize: 512,
  timeout: 29,
  runtime: 'nodejs22.x',
  environment: {},
};
