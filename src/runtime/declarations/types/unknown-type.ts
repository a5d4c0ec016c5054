/** The mistakes of a property whose type is unknown at run time, by what is missing. */
export const UNKNOWN_TYPE = {
  nested:
    "@ValidateNested needs the class, and the type is unknown at run time. Pass it: @Type(() => Item), not class-transformer's.",
  importType:
    'its type is unknown at run time: "import type" of a class leaves only Function. Import the class without "type", or pass it: @Type(() => Item).',
  untold:
    "its type is unknown at run time (a union such as Date | null, or no metadata), and no validator tells it. Add one such as @IsDate() or @IsInt(), or pass the type: @Type(() => Date), not class-transformer's, or @Type(() => Object) for any value as it comes.",
  text: 'its type is unknown at run time, so text cannot be converted to it. Annotate it (page: number = 1), or pass the type: @Type(() => Number), or @Type(() => String) for the text as it comes.',
} as const;
