import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const desk = (settings: Record<string, string>) =>
  extractFiles({
    'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
    'src/main/java/desk/ForClerks.java': `package desk;
import org.springframework.security.access.prepost.PreAuthorize;
@PreAuthorize("hasRole('CLERK')")
public @interface ForClerks {}
`,
    'src/main/java/desk/Loans.java': `package desk;
import org.springframework.security.access.annotation.Secured;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  @ForClerks
  @GetMapping("/loans")
  public String loans() { return "loans"; }
  @Secured("ROLE_KEEPER")
  @GetMapping("/fees")
  public String fees() { return "fees"; }
}
`,
    ...settings,
  })
const java = (head: string) => ({
  'src/main/java/desk/Methods.java': `package desk;
import org.springframework.security.config.annotation.method.configuration.*;
${head}
public class Methods {}
`,
})
const xml = (text: string) => ({ 'src/main/resources/rules/who-may.xml': `<beans>${text}</beans>` })

test.each([
  ['nothing', {}, []],
  ['a comment', java('// @EnableMethodSecurity(securedEnabled = true)'), []],
  ['a test', { 'src/test/java/desk/Methods.java': '@EnableMethodSecurity class Methods {}' }, []],
  ['@EnableMethodSecurity', java('@EnableMethodSecurity'), ['PreAuthorize']],
  ['with @Secured', java('@EnableMethodSecurity(securedEnabled = true)'), ['PreAuthorize', 'Secured']],
  ['only @Secured', java('@EnableGlobalMethodSecurity(securedEnabled = true)'), ['Secured']],
  ['reactive', java('@EnableReactiveMethodSecurity'), ['PreAuthorize']],
  ['a file of beans', xml('<security:global-method-security secured-annotations="enabled"/>'), ['Secured']],
  ['a file of beans, by default', xml('<method-security/>'), ['PreAuthorize']],
])(
  'annotations guard methods where method security is enabled, and are asked else: %s [SPEC-EXTRACT-06]',
  async (_by, settings: Record<string, string>, enabled: string[]) => {
    const { set } = await desk(settings)
    const guards = factsOf(set.facts, 'guard').map(({ name }) => name)
    expect(guards.toSorted()).toEqual(enabled)
    expect(factsOf(set.facts, 'error').filter(({ status }) => status === 403)).toHaveLength(enabled.length)
    const asked = set.questions.flatMap(({ text }) => /^Does `@(\w+)` refuse anybody/.exec(text)?.[1] ?? [])
    expect(asked.toSorted()).toEqual(['PreAuthorize', 'Secured'].filter((one) => !enabled.includes(one)))
  },
)
