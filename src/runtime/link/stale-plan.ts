/** Thrown where a plan is linked to a class whose decorators have recorded something else than what was planned. */
export class StalePlan extends Error {
  /** The name of the class. */
  readonly className: string;

  constructor(className: string) {
    super(`The plan of ${className} was made from other decorators than those that it has now.`);
    this.name = 'StalePlan';
    this.className = className;
  }
}
