import { mergeOwn, parseOwn } from '../src/cli/deploy/cloudformation/own-template.js';
import { getAtt, type TemplateValue, toYaml } from '../src/cli/deploy/cloudformation/yaml-template.js';

const GENERATED = {
  Resources: {
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        MemorySize: 512,
        Layers: ['a', 'b'],
        Role: getAtt('Role.Arn'),
        Environment: { Variables: { A: '1' } },
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
  },
};

/** The template that comes out, as YAML. */
const merged = (own: string) =>
  toYaml(mergeOwn<{ Resources: Record<string, TemplateValue> }>(GENERATED, parseOwn('deploy/own.yaml', own)), {});
const inFunction = (properties: string) => merged(`Resources: { Function: { Properties: ${properties} } }`);

describe("a team's template", () => {
  it.each([
    ['replaces a value', '{ MemorySize: 1024 }', '      MemorySize: 1024\n'],
    ['adds a value beside others', '{ Environment: { Variables: { B: x } } }', "          A: '1'\n          B: x\n"],
    ['replaces a list', '{ Layers: [c] }', '      Layers: [c]\n'],
    ['replaces a function', '{ Role: !Ref OwnRole }', '      Role: !Ref OwnRole\n'],
    ['keeps a function with a list', '{ X: !GetAtt [Role, Arn] }', '      X: !GetAtt [Role, Arn]\n'],
    ['keeps functions in functions', `{ X: !Join ['', [!Ref A, !Sub '\${B}']] }`, `!Join ['', [!Ref A, !Sub '\${B}']]`],
    ['keeps a function with an object', '{ X: !Transform { Name: N, P: 1 } }', 'X: !Transform\n'],
    ['keeps text that looks like a date', '{ Version: 2012-10-17 }', "      Version: '2012-10-17'\n"],
    ['keeps text of digits', "{ Account: '0123' }", "      Account: '0123'\n"],
    ['keeps true and false', '{ X: true, Y: no, Z: y }', "      X: true\n      'Y': false\n      Z: 'y'\n"],
  ])('%s', (_rule, properties, expected) => {
    expect(inFunction(properties)).toContain(expected);
  });

  it('removes with null', () => {
    expect(inFunction('{ Layers: null, Environment: { Variables: { A: ~ } } }')).not.toMatch(/Layers|A: '1'/);
  });

  it('adds resources and sections, which may repeat parts by anchors', () => {
    const text = merged(`
Parameters: { Table: { Type: String } }
Resources:
  One: &one
    Type: AWS::SNS::Topic
    Properties: { TopicName: one }
  Two:
    <<: *one
    DependsOn: One
  Three: *one
`);
    expect(text).toContain('Parameters:\n  Table:\n    Type: String\n');
    expect(text).toContain(
      '  Two:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: one\n    DependsOn: One\n',
    );
    expect(text).toContain('  Three:\n    Type: AWS::SNS::Topic\n');
  });

  it('may be empty, or only comments', () => {
    expect(merged('# later')).toBe(toYaml(GENERATED, {}));
    expect(merged('Resources:\n')).toContain('MemorySize: 512');
  });

  it('does not change the generated template', () => {
    inFunction('{ MemorySize: 1 }');
    expect(GENERATED.Resources.Function.Properties.Role).toEqual(getAtt('Role.Arn'));
    expect(GENERATED.Resources.Function.Properties.MemorySize).toBe(512);
  });

  it.each([
    [
      'a misspelled resource',
      'Resources: { Functon: { Properties: {} } }',
      /Resources\.Functon" has no Type.*Did you mean Function\?/,
    ],
    [
      'an unknown resource',
      'Resources: { Xyz: {} }',
      /"Resources\.Xyz" has no Type.*The generated ones are Function, Role\./,
    ],
    ['what is not YAML', 'Resources: [', /^deploy\/own\.yaml: .*at line 1/],
    ['a list', '- Resources', /deploy\/own\.yaml must be an object with sections such as "Resources"/],
    ['resources that are a list', 'Resources: [a]', /"Resources" must be an object/],
  ])('%s is a mistake', (_mistake, own, message) => {
    expect(() => merged(own)).toThrow(message);
  });
});
