import { Controller, Get, Param } from 'twodoors';

/** A controller with a method for each path; none where there are no paths. */
export function fillerControllers(paths: readonly string[]): (new () => object)[] {
  if (paths.length === 0) return [];
  @Controller()
  class FillerController {}
  paths.forEach((path, i) => {
    const descriptor = { value: (id: string) => ({ id }), configurable: true, writable: true };
    Object.defineProperty(FillerController.prototype, `show${i}`, descriptor);
    Param('id', String)(FillerController.prototype, `show${i}`, 0);
    Get(path)(FillerController.prototype, `show${i}`, descriptor);
  });
  return [FillerController];
}
