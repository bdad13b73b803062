import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const berths = `package harbour;
import org.springframework.web.bind.annotation.*;
@RestController
public class Berths {
  @GetMapping("/berths")
  public String berths() { return "ok"; }
  @GetMapping("/office/fees")
  public String fees() { return "ok"; }
  @PostMapping("/moorings")
  public String moor() { return "ok"; }
}
`
const rules = (matchers: string) => `package harbour;
import org.springframework.context.annotation.*;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.Http403ForbiddenEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
@Configuration
public class Rules {
  private Accounts accounts;
  @Bean
  public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    var chain = http.authorizeHttpRequests(all -> all
        .requestMatchers(of("/berths", "/tides/**")).permitAll()
        .requestMatchers(of("/office/**")).hasAuthority("harbour-master")
        .anyRequest().authenticated())
      .exceptionHandling(it -> it.authenticationEntryPoint(new Http403ForbiddenEntryPoint()));
    if (accounts.areOutside()) chain.oauth2Login(it -> it.failureUrl("/?failed"));
    return chain.build();
  }
  private RequestMatcher[] of(String... paths) {
    ${matchers}
  }
}
`

async function refusals(matchers: string) {
  const { set } = await extractFiles({
    'src/main/java/harbour/Berths.java': berths,
    'src/main/java/harbour/Rules.java': rules(matchers),
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

const refused = [
  'IF, for GET /office/fees, the caller is not signed in, or the caller does not have the role "harbour-master", THEN the service SHALL answer 403.',
  'IF, for POST /moorings, the caller is not signed in, or the header X-CSRF-TOKEN is missing, THEN the service SHALL answer 403.',
]

test.each([
  [
    'an array that a loop fills',
    `var made = new RequestMatcher[paths.length];
    for (var i = 0; i < paths.length; i++) made[i] = PathPatternRequestMatcher.withDefaults().matcher(paths[i]);
    return made;`,
  ],
  [
    'an array that is given on',
    `return each(paths);
  }
  private RequestMatcher[] each(String... paths) {
    RequestMatcher[] made = new RequestMatcher[paths.length];
    int next = 0;
    for (String path : paths) made[next++] = PathPatternRequestMatcher.withDefaults().matcher(path);
    return made;`,
  ],
])(
  'patterns of a rule are read from the helper that makes its matchers: %s [SPEC-EXTRACT-06]',
  async (_how, matchers) => {
    expect(await refusals(matchers)).toEqual(refused)
  },
)

test('a rule whose matchers are not known does not open every path [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'src/main/java/harbour/Berths.java': berths,
    'src/main/java/harbour/Rules.java': rules('return new RequestMatcher[0];'),
  })
  const guards = factsOf(set.facts, 'guard')
  expect(guards.map(({ grade }) => grade)).toEqual(['declared', 'declared', 'declared'])
})

const seats = (asked: string) => ({
  'src/main/java/hall/Seats.java': `package hall;
import org.springframework.web.bind.annotation.*;
@RestController
public class Seats {
  @GetMapping("/seats")
  public String seats() { return "ok"; }
}
`,
  'src/main/java/hall/Doors.java': `package hall;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.*;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
@Configuration
public class Doors {
  @Value("\${hall.usher}")
  private String usher;
  @Value("\${hall.guest}")
  private String guest;
  @Bean
  public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    http.authorizeHttpRequests(all -> all.requestMatchers("/seats").${asked}.anyRequest().permitAll());
    return http.build();
  }
}
`,
})

test('roles that settings name are told by these, so that another one is a drift [SPEC-DRIFT-01]', async () => {
  const [before, after] = await Promise.all(
    ['hasAuthority(usher)', 'hasAnyAuthority(usher, guest)'].map(async (one) => extractFiles(seats(one))),
  )
  const drifts = compareFacts(before?.set.facts ?? [], after?.set.facts ?? []).drifts
  expect(drifts.map((one) => [one.kind, one.factKind])).toEqual([['changed', 'guard']])
  expect(drifts[0]?.before).toContain('without `hall.usher`')
  expect(drifts[0]?.after).toContain('without `hall.guest` or `hall.usher`')
})
