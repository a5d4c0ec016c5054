import type { FunctionSettings } from '../../config/function-settings.js';
import type { Target } from './target.js';
import { corsProperties, type TemplatePart } from './template-part.js';
import { getAtt, type TemplateValue } from './yaml-template.js';

/** A Function URL, public unless requests must be signed. SAM has a shorter form, but it hides the permissions. */
export function functionUrl(settings: FunctionSettings, target: Target): TemplatePart {
  const { streaming, cors, urlAuth, alias } = settings;
  const isPublic = urlAuth === 'none';
  const permission = (properties: Record<string, TemplateValue>): TemplateValue => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: target.name, Principal: '*', ...properties },
  });
  return {
    resources: {
      FunctionUrl: {
        Type: 'AWS::Lambda::Url',
        DependsOn: target.aliasId,
        Properties: {
          TargetFunctionArn: getAtt('Function.Arn'),
          Qualifier: alias,
          AuthType: isPublic ? 'NONE' : 'AWS_IAM',
          InvokeMode: streaming ? 'RESPONSE_STREAM' : 'BUFFERED',
          Cors: corsProperties(cors),
        },
      },
      ...(isPublic && {
        PublicUrlPermission: permission({ Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
        PublicInvokePermission: permission({ Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }),
      }),
    },
    url: getAtt('FunctionUrl.FunctionUrl'),
    comments: {
      'Resources.PublicUrlPermission':
        'Both permissions together make the URL public; since October 2025, one is not enough.\nhttps://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    },
  };
}
