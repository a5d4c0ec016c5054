/** The kind of values that a constraint of class-validator accepts; it rejects all others. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'list';

const NAMES: Record<ValueKind, string> = {
  text:
    'isString contains notContains matches minLength maxLength isLength isByteLength isAlpha isAlphanumeric isAscii ' +
    'isBIC isBase32 isBase58 isBase64 isBooleanString isBtcAddress isCreditCard isCurrency isDataURI isDateString ' +
    'isDecimal isEAN isEmail isEthereumAddress isFqdn IsFirebasePushId isFullWidth isHSL isHalfWidth isHash ' +
    'isHexColor isHexadecimal isIBAN isIp isIsbn isIsin isISO31661Alpha2 isISO31661Alpha3 isISO31661Numeric ' +
    'isISO4217CurrencyCode isISO6391 isIso8601 isISRC isISSN isIdentityCard isJson isJwt isLocale isLowercase ' +
    'isMacAddress isMagnetURI isMilitaryTime isMimeType isMobilePhone isMongoId isMultibyte isNumberString isOctal ' +
    'isPassportNumber isPhoneNumber isPort isPostalCode isRFC3339 isRgbColor isSemVer isStrongPassword ' +
    'isSurrogatePair isTaxId isTimeZone isUuid isUppercase isUrl isVariableWidth',
  number: 'isInt isNumber isDivisibleBy isNegative isPositive max min',
  boolean: 'isBoolean',
  date: 'isDate maxDate minDate',
  list: 'isArray arrayContains arrayMaxSize arrayMinSize arrayNotContains arrayNotEmpty arrayUnique',
};

const KINDS = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as ValueKind])),
);

/** The kind of values that a constraint accepts; undefined for several kinds, and for your own constraints. */
export function kindOf({ name }: { readonly name: string }): ValueKind | undefined {
  return KINDS.get(name);
}

/** The constraints of class-validator that refuse undefined and null, beside those for one kind of values. */
const REFUSING: readonly string[] = [
  'isDefined',
  'isNotEmpty',
  'isEnum',
  'isInstance',
  'isLatitude',
  'isLongitude',
  'isLatLong',
  'isObject',
  'isNotEmptyObject',
];

/**
 * Whether a constraint refuses undefined and null, whatever its arguments are. `equals` and `isIn`, where that depends on
 * them, and constraints of your own do not count.
 */
export function refusesNothing(check: { readonly name: string }): boolean {
  return kindOf(check) !== undefined || REFUSING.includes(check.name);
}
