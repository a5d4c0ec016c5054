import { defineApp } from 'twodoors';
import { DtoController, dtoRows, unknownNameRows } from './dto-cases.js';
import { runRows } from './run-rows.js';

describe('DTOs', () => runRows(defineApp({ controllers: [DtoController] }), dtoRows));

describe('DTOs that keep unknown names', () =>
  runRows(defineApp({ controllers: [DtoController], unknownProperties: 'keep' }), unknownNameRows));

describe('DTOs that strip unknown names', () =>
  runRows(defineApp({ controllers: [DtoController], unknownProperties: 'strip' }), unknownNameRows));

test('nothing was polluted', () => {
  expect('polluted' in {}).toBe(false);
});
