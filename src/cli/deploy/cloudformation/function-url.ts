import type { FunctionSettings } from '../../config/function-settings.js';
import { corsProperties, type TemplatePart } from './template-part.js';
import { getAtt, ref, type TemplateValue } from './yaml-template.js';

/** A public Function URL. SAM has a shorter form, but it hides the permissions. */
export function functionUrl({ streaming, cors }: FunctionSettings): TemplatePart {
  const permission = (properties: Record<string, TemplateValue>): TemplateValue => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: ref('Function'), Principal: '*', ...properties },
  });
  return {
    resources: {
      FunctionUrl: {
        Type: 'AWS::Lambda::Url',
        Properties: {
          TargetFunctionArn: getAtt('Function.Arn'),
          AuthType: 'NONE',
          InvokeMode: streaming ? 'RESPONSE_STREAM' : 'BUFFERED',
          Cors: corsProperties(cors),
        },
      },
      PublicUrlPermission: permission({ Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
      PublicInvokePermission: permission({ Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
    },
    url: getAtt('FunctionUrl.FunctionUrl'),
    comments: {
      'Resources.PublicUrlPermission':
        'Both permissions together make the URL public; since October 2025, one is not enough.\nhttps://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    },
  };
}
