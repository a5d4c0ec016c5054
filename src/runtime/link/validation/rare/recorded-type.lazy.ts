import * as module from './recorded-type.js';

/** What links classes in classes, and enums that are no data; a bundle loads it for the first property of such a type. */
export const loadRecordedType = () => module;
