/**
 * What a document says is true: for every operation, requests are made that it allows and requests that it forbids, and both
 * doors are asked. Those that it allows are not refused, those that it forbids are, and replies match their schemas.
 */

import { defineApp } from 'twodoors';
import { DtoController } from '../../contract/dto-cases.js';
import { richApp } from '../../planned/rich-app.js';
import { app as everyApp } from '../every-app.js';
import { describeTruth, figuresLine } from './describe-truth.js';

describeTruth('the app with every decorator', everyApp);
describeTruth('the app of DTOs', defineApp({ controllers: [DtoController] }));
describeTruth('the app of planned bundles', richApp);

afterAll(() => console.info(figuresLine()));
