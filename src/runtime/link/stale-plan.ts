/** Thrown where a plan is linked to decorators that have recorded something else than what was planned. */
export class StalePlan extends Error {
  /** What is another than planned: a class, or a method such as `TodoController.show`. */
  readonly place: string;

  constructor(place: string) {
    super(`${place} has other decorators than those that were planned.`);
    this.name = 'StalePlan';
    this.place = place;
  }
}
