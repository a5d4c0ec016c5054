import type { BindingIssue } from '../../http/http-error.js';
import type { HttpRequest } from '../../http/http-request.js';
import type { UnknownProperties } from '../validation/class-plan.js';
import type { Parameter } from './parameter.js';

/** A part of the request whose values have names: everything that binding needs to know of it. */
export interface NamedSource {
  /** The part of the request, as issues name it. */
  readonly location: BindingIssue['in'];
  /** Whether a parameter with a default is optional. Default: false. */
  readonly isOptionalByDefault?: boolean;
  /** What a DTO does with names that it does not declare. Default: what the app says. */
  readonly unknownProperties?: UnknownProperties;
  /** Reads all values, for a parameter without a name. */
  readonly readWhole: (request: HttpRequest) => Record<string, unknown>;
  /** Finds the readers of a name at startup; undefined where the name is a mistake. */
  readonly find: (name: string, parameter: Parameter) => NamedValue | undefined;
}

/** The values of one name. */
export interface NamedValue {
  /** The name in issues. */
  readonly name: string;
  /** Whether it may be missing, whatever the parameter's decorator says. Default: false. */
  readonly isOptional?: boolean;
  /** Reads the first value; undefined where it is missing. */
  readonly readFirst: (request: HttpRequest) => string | undefined;
  /** Reads all values; undefined where they are missing. */
  readonly readAll: (request: HttpRequest) => readonly string[] | undefined;
}
