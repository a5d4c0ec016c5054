import type { AppPlan } from './app-plan.js';
import type { DtoPlan } from './dto/dto-plan.js';
import type { PlanText, RoutePlace } from './plan-source.js';

/** Writes a plan as the text that `readPlan` reads, without what links nothing. */
export function writePlan({ routes, dtos, descriptions: _, ...head }: AppPlan, outline: string): PlanText {
  const kinds: string[] = [];
  const places = routes.map(({ method, path, controller, member, depth, ...kind }) => {
    const text = JSON.stringify(kind);
    if (!kinds.includes(text)) kinds.push(text);
    const place: RoutePlace = [kinds.indexOf(text), method, path, controller, member];
    return JSON.stringify(depth === 0 ? place : [...place, depth]);
  });
  return {
    outline,
    head: JSON.stringify(head),
    routes: places.join('\n'),
    kinds: kinds.join('\n'),
    dtos: JSON.stringify(dtos.map(withoutDefaults)),
  };
}

/** Nothing is linked by defaults, and one such as the time would make another text of the same app. */
function withoutDefaults({ properties, ...dto }: DtoPlan): DtoPlan {
  return { ...dto, properties: properties.map(({ default: _, ...property }) => property) };
}
