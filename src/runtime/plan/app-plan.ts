import type { PublicFolder } from '../declarations/public-folders.js';
import type { ReplyDefaults } from '../http/reply/reply-defaults.js';
import type { ScalarType } from '../types/scalar-type.js';
import type { RouteDescription } from './descriptions/route-description.js';
import type { DtoPlan } from './dto/dto-plan.js';
import type { Limit } from './limit.js';
import type { LoginPlan, SchemePlan } from './login/login-plan.js';
import type { MemberKey } from './member-key.js';

/**
 * The plan of an app: everything that startup finds out, as plain JSON. What JSON cannot carry (a class, a schema, a
 * function) is a *hole* in it: the plan says that something is there, and `link` takes it from the decorators' records at
 * the same address, which is class, member and position.
 */
export interface AppPlan {
  /** The form of the plan; another version is not linked. */
  readonly version: 1;
  readonly options: PlannedOptions;
  /** In the order of `defineApp({ controllers })`. */
  readonly controllers: readonly ControllerPlan[];
  /** The most specific first; elsewhere in the plan, a route is its position in this list. */
  readonly routes: readonly RoutePlan[];
  /** Leads from the segments of a path to the routes that end there. */
  readonly tree: TreeNode;
  /** Every method that the app knows, the common ones included; any other is a 501. */
  readonly methods: readonly string[];
  /** The public folders, for the build that copies them; absent without any. */
  readonly public?: readonly PublicFolder[];
  /** The classes that parameters are made of, and those nested in them; elsewhere in the plan, a DTO is its position here. */
  readonly dtos: readonly DtoPlan[];
  /**
   * By the position of its route, what is for people and documents, and links nothing. The plan in a bundle has none of it,
   * nor the defaults of DTO properties.
   */
  readonly descriptions: readonly RouteDescription[];
}

/** The options of an app that decide how its plan is made, by value. */
export interface PlannedOptions {
  readonly strict: boolean;
  readonly caseSensitive: boolean;
  /** In bytes. */
  readonly bodyLimit: Limit;
  readonly unknownProperties?: UnknownProperties;
  readonly maxErrors: Limit;
  /** How clients say who they are; undefined for an app without `auth()`. */
  readonly auth?: readonly SchemePlan[];
}

/** What happens to names that a DTO does not declare. */
export type UnknownProperties = 'reject' | 'strip' | 'keep';

/** One controller. Its class is the hole at its position. */
export interface ControllerPlan {
  /** The class's name, for messages. */
  readonly name: string;
  /** Undefined where it has no routes: then it is not constructed. */
  readonly scope?: 'singleton' | 'request';
}

/** One method of a controller at one path. */
export interface RoutePlan {
  /** In upper case, or `ALL`. */
  readonly method: string;
  /** The whole path, as declared. */
  readonly path: string;
  /** The position of the controller. */
  readonly controller: number;
  /** How many base classes up from the controller the decorators stand. */
  readonly depth: number;
  readonly member: MemberKey;
  /** The path's parameters, from left to right. */
  readonly params: readonly PathParamPlan[];
  /** By position; null for a parameter that no decorator gives a value. */
  readonly args: readonly (ArgumentPlan | null)[];
  /** Whether some arguments are more than scalars, and need a binder. */
  readonly hasBinders?: true;
  readonly reply: ReplyPlan;
  /** The largest body, in bytes: the declared limit, else the app's, and what files may add. */
  readonly bodyLimit: Limit;
  /** Undefined where it needs nothing of signing in. */
  readonly login?: LoginPlan;
  /** Whether its class, a base class or the method has middleware, which are holes. */
  readonly hasUses?: true;
  /** How many interceptors its results pass: those of the method, its class and the app, which are holes. */
  readonly interceptors?: number;
  /** By `@CsrfExempt`: forms of other sites are not refused. */
  readonly isCsrfExempt?: true;
  /** By `@OnInvalid`: the page that shows the form again. */
  readonly onInvalid?: InvalidPagePlan;
  /** Where a file above its limit is read to its end: the largest form without its files, in bytes. */
  readonly fieldsLimit?: Limit;
  /** What its decorators have got and the outline of the app does not say, as text: linked to others, the plan would be stale. */
  readonly fingerprint: string;
}

/** The page that shows a form again with its mistakes. */
export interface InvalidPagePlan {
  readonly view: string;
  /** The method whose result is the view's data; undefined where it has none. */
  readonly page?: PageMethodPlan;
}

/** A method whose result is the data of a page. */
export interface PageMethodPlan {
  readonly member: string;
  /** Bound from the path of the route that has the form. */
  readonly args: RoutePlan['args'];
  readonly onNull?: number;
  readonly onUndefined?: number;
}

/** A parameter of a path. */
export interface PathParamPlan {
  readonly name: string;
  /** `rest` for `*name`. */
  readonly kind: 'text' | 'rest';
  /** Whether it stands in an optional group. */
  readonly isOptional: boolean;
}

/** Where one argument comes from, and what it becomes. */
export type ArgumentPlan = NamedArgumentPlan | BodyArgumentPlan | UploadArgumentPlan | RequestArgumentPlan;

interface ValueArgumentPlan {
  /** Undefined for all values of its source, or the whole body. */
  readonly name?: string;
  readonly type: TypePlan;
  readonly isOptional?: boolean;
  /** Splits each value of a list. */
  readonly separator?: string;
  /** Decided by the parameter, else by the app; undefined for the default of the source. */
  readonly unknownProperties?: UnknownProperties;
  /** Whether a DTO's property has at most one failed constraint. */
  readonly stopAtFirstError?: true;
}

/** A value of the path, the query, the headers or the cookies, or all of them. */
export interface NamedArgumentPlan extends ValueArgumentPlan {
  readonly kind: 'path' | 'query' | 'header' | 'cookie';
  /** Of a value of the path: the position of its parameter; null where another path of the method has it. */
  readonly param?: number | null;
}

/** One named value of the path, the query, the headers or the cookies that is a string, a number or a boolean. */
export interface ScalarArgumentPlan extends NamedArgumentPlan {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
}

/** The body, or one field of it. */
export interface BodyArgumentPlan extends ValueArgumentPlan {
  readonly kind: 'body';
  /** Whether the spaces around its texts are dropped. */
  readonly isTrimmed?: true;
}

/** One file of a multipart form, or all files of a field. */
export interface UploadArgumentPlan {
  readonly kind: 'file' | 'files';
  readonly name: string;
  readonly isOptional?: boolean;
  /** Of one file, in bytes. */
  readonly maxBytes: Limit;
  /** The most files. */
  readonly max: Limit;
  /** The accepted content types; undefined for any. */
  readonly types?: readonly string[];
}

/** What a function makes from the request; the function is a hole. */
export interface RequestArgumentPlan {
  readonly kind: 'request';
}

/**
 * A type, as far as JSON can say it: a scalar by its name; `any` for a value as it comes; the kinds of an unparsed body;
 * the values of an enum or a `oneOf`; a list of a type; a DTO by its position. The class of a DTO, a schema and the class of
 * a stream are holes.
 */
export type TypePlan =
  | ScalarType
  | 'any'
  | 'bytes'
  | 'stream'
  | 'schema'
  | { readonly list: TypePlan }
  | { readonly dto: number };

/** What decorators say about a route's successful replies. */
export interface ReplyPlan extends ReplyDefaults {
  /** By `@Redirect`. */
  readonly redirect?: { readonly status: number; readonly location?: string; readonly allow?: 'any' };
  /** By `@Render`: the name of the view. */
  readonly view?: string;
}

/**
 * A node of the tree of paths. Its edges are taken in the order literal, mixed, parameter, rest; `ends` has the routes whose
 * path ends here.
 */
export interface TreeNode {
  /** By text, decoded and, unless case matters, in lower case. */
  readonly literals?: Readonly<Record<string, TreeNode>>;
  /** Segments of text and parameters, as sources of regular expressions, in the order in which they are tried. */
  readonly mixed?: readonly (readonly [source: string, node: TreeNode])[];
  readonly param?: TreeNode;
  readonly rest?: TreeNode;
  /** By method, or `ALL`. */
  readonly ends?: Readonly<Record<string, PathEnd>>;
}

/**
 * The route whose path ends at a node. A list unless the captures are the values of the route's first parameters, as text:
 * the route, then for each capture, from left to right, the position of its parameter. A capture of a `*rest` has the
 * complement of the position (`~0` for the first parameter).
 */
export type PathEnd = number | readonly number[];
