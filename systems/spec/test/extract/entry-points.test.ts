import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test.each([
  ['hands on to a library', 'resolver.answer(request, response, new Unknown());', [], 1],
  ['sets a status', 'response.setStatus(401);', [401], 0],
])(
  'what an entry point answers by code outside is asked, and none of the statuses that Spring has without one: it %s [SPEC-EXTRACT-06]',
  async (_does, code: string, statuses: number[], asked: number) => {
    const { set } = await extractFiles({
      'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
      'src/main/java/desk/Rules.java': `package desk;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
public class Rules {
  private Stranger stranger;
  @Bean
  public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    http.csrf().disable();
    http.authorizeRequests().anyRequest().authenticated();
    http.exceptionHandling().authenticationEntryPoint(stranger);
    return http.build();
  }
}
`,
      'src/main/java/desk/Stranger.java': `package desk;
import jakarta.servlet.http.*;
import lib.outside.Resolver;
import lib.outside.Unknown;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
public class Stranger implements AuthenticationEntryPoint {
  private Resolver resolver;
  public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException error) {
    ${code}
  }
}
`,
      'src/main/java/desk/Loans.java': `package desk;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  @GetMapping("/loans")
  public String loans() { return "loans"; }
}
`,
    })
    expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual(statuses)
    expect(factsOf(set.facts, 'guard')).toHaveLength(1)
    expect(
      set.questions.filter(({ path, text }) => path.endsWith('Stranger.java') && text.includes('status')),
    ).toHaveLength(asked)
  },
)
