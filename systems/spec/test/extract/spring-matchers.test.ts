import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const pom =
  '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency><dependency><artifactId>spring-boot-starter-security</artifactId></dependency></project>'

// What refuses with a status, by operation, with what is asked.
async function refusals(rules: string) {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/java/dock/Rules.java': `package dock;
import org.springframework.context.annotation.*;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AntPathRequestMatcher;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.web.util.matcher.AntPathRequestMatcher.antMatcher;

@Configuration
class Rules {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        ${rules}
        return http.build();
    }
}
`,
    'src/main/java/dock/Docks.java': `package dock;
import org.springframework.web.bind.annotation.*;

@RestController
class Docks {
    @GetMapping("/docks") String all() { return "docks"; }
    @PostMapping("/docks") String add() { return "dock"; }
    @GetMapping("/cranes") String cranes() { return "cranes"; }
    @PostMapping("/cranes") String addCrane() { return "crane"; }
    @PostMapping("/in/now") String enter() { return "in"; }
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map(({ operation, status, condition }) => {
      const asked = condition.map((row) => row.map(({ subject, op }) => `${subject} ${op}`).join(' & '))
      return `${titles.get(operation)} ${status}: ${asked.toSorted().join(' | ')}`
    })
    .toSorted()
}

test('each matcher that a rule of Spring Security is given is for its own method and path, and says nothing of the chain [SPEC-EXTRACT-06]', async () => {
  expect(
    await refusals(`http.csrf(c -> c.disable()).authorizeHttpRequests(all -> all
            .requestMatchers(antMatcher("/in/**"), antMatcher(HttpMethod.GET, "/docks/**"), new AntPathRequestMatcher("/cranes/**", "POST"))
            .permitAll()
            .anyRequest().authenticated()).httpBasic(withDefaults());`),
  ).toEqual(['GET /cranes 401: @caller false', 'POST /docks 401: @caller false'])
})

test('what changes something and comes without a token against forgery is refused before anybody is asked who calls, but with a bearer token [SPEC-EXTRACT-06]', async () => {
  const told = await refusals(`http.authorizeHttpRequests(all -> all
            .requestMatchers("/in/**", "/cranes").permitAll()
            .anyRequest().authenticated()).oauth2ResourceServer(server -> server.jwt(withDefaults()));`)
  expect(told.filter((one) => /docks|in.now 403/.test(one))).toEqual([
    'GET /docks 401: @caller false',
    'POST /docks 401: @caller false & header.X-CSRF-TOKEN present | header.Authorization fits as a valid bearer token false & header.Authorization present',
    'POST /docks 403: header.Authorization absent & header.X-CSRF-TOKEN absent',
    'POST /in/now 403: header.Authorization absent & header.X-CSRF-TOKEN absent',
  ])
})

test('what comes after a regular expression that is made a matcher is not sure to be reached [SPEC-EXTRACT-06]', async () => {
  expect(
    await refusals(`http.csrf(c -> c.disable()).authorizeHttpRequests(all -> all
            .requestMatchers("/in/**").hasRole("PILOT")
            .requestMatchers(org.springframework.security.web.util.matcher.RegexRequestMatcher.regexMatcher("/(docks|cranes)")).permitAll()
            .anyRequest().authenticated()).httpBasic(withDefaults());`),
  ).toEqual(['POST /in/now 401: @caller false', 'POST /in/now 403: @role not-in'])
})
