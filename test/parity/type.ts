import 'twodoors';

/** What `emitDecoratorMetadata` leaves of a property, whatever compiles this. */
export function Type(type: unknown): PropertyDecorator {
  return Reflect.metadata('design:type', type) as PropertyDecorator;
}
