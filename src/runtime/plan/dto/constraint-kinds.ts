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
