import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withOurPolicy } from './trusted.js';

const lit = (file: string): string => readFileSync(new URL(`../node_modules/lit-html/${file}`, import.meta.url), 'utf8');

describe("Lit's code", () => {
  it.each(['lit-html.js', 'development/lit-html.js'])('of %s takes our policy and makes none', (file) => {
    const code = withOurPolicy(lit(file));
    expect(code).toMatch(/^import \{ policy as gruPolicy \} from ".*\/src\/engine\/trusted\.ts";\n/);
    expect(code).not.toContain('createPolicy');
    expect(code.match(/gruPolicy/g)).toHaveLength(2);
  });

  it('that is another one is a fault of the build', () => {
    expect(() => withOurPolicy("const policy = trustedTypes.createPolicy('lit', rules)")).toThrow('in another way');
    expect(() => withOurPolicy('export {}')).toThrow('in another way');
  });
});
