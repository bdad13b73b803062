import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { rightAsked } from '../../src/extract/around/said-rights.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = (asked: string, rule: string) => ({
  'src/main/java/harbour/Berths.java': `package harbour;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;
@RestController
public class Berths {
  @PreAuthorize("${asked}")
  @GetMapping("/berths/{id}")
  public String berth(@PathVariable String id) { return "ok"; }
}
`,
  'src/main/java/harbour/Gate.java': `package harbour;
import org.springframework.context.annotation.*;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
@Configuration
@EnableMethodSecurity
public class Gate {
  @Bean
  public SecurityFilterChain gate(HttpSecurity http) throws Exception {
    return http.csrf(it -> it.disable()).authorizeHttpRequests(all -> all.anyRequest().${rule}).httpBasic(it -> {}).build();
  }
}
`,
})

async function said(asked: string, rule = 'permitAll()') {
  const { set } = await extractFiles(files(asked, rule))
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'guard'), ...factsOf(set.facts, 'error')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('what a bean decides is no role, and may let pass who is not signed in [SPEC-EXTRACT-06]', async () => {
  expect(await said('@dues.arePaid(#id)')).toEqual([
    'IF, for GET /berths/{id}, the caller is not signed in and `@dues.arePaid(#id)` does not hold, THEN the service SHALL answer 401.',
    'IF, for GET /berths/{id}, the caller is signed in and `@dues.arePaid(#id)` does not hold, THEN the service SHALL answer 403.',
    'WHEN a client sends GET /berths/{id}, the service SHALL refuse a caller whom `@dues.arePaid(#id)` does not let pass.',
  ])
  expect(await said('@dues.arePaid(#id)', 'authenticated()')).toEqual([
    'IF, for GET /berths/{id}, `@dues.arePaid(#id)` does not hold, THEN the service SHALL answer 403.',
    'IF, for GET /berths/{id}, the caller is not signed in, THEN the service SHALL answer 401.',
    'WHEN a client sends GET /berths/{id}, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends GET /berths/{id}, the service SHALL refuse a caller whom `@dues.arePaid(#id)` does not let pass, and answer 401 to one who is not signed in.',
  ])
})

test('what asks for a role and more is told whole [SPEC-EXTRACT-06]', async () => {
  expect(await said("hasRole('PILOT') and @dues.arePaid(#id)")).toEqual([
    "IF, for GET /berths/{id}, `hasRole('PILOT') and @dues.arePaid(#id)` does not hold, THEN the service SHALL answer 403.",
    'IF, for GET /berths/{id}, the caller is not signed in, THEN the service SHALL answer 401.',
    "WHEN a client sends GET /berths/{id}, the service SHALL refuse a caller whom `hasRole('PILOT') and @dues.arePaid(#id)` does not let pass, and answer 401 to one who is not signed in.",
  ])
})

test.each([
  ["hasRole('A')", true, true],
  ["hasAnyAuthority('a', 'b') || hasRole('C')", true, true],
  ["(hasRole('A') or hasRole('B')) and isAuthenticated()", false, true],
  ["hasRole('A') or #name == authentication.name", false, false],
  ["hasRole('ANONYMOUS')", false, false],
  ["@gate.opens('or', #id) && isFullyAuthenticated()", false, true],
  ['isAnonymous() or isAuthenticated()', false, false],
])('%s asks for roles alone: %s, of callers who are signed in: %s', (text, isOfRoles, isOfSignedIn) => {
  expect(rightAsked(text)).toEqual({ isOfRoles, isOfSignedIn })
})

test('that nobody is signed in is asked where rules have refused him before [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    ...files("hasRole('PILOT')", 'authenticated()'),
    'src/main/java/harbour/Logs.java': `package harbour;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.bind.annotation.*;
@RestController
public class Logs {
  @GetMapping("/logs")
  public String logs() {
    var who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) throw new ResponseStatusException(HttpStatus.CONFLICT);
    return who.getName();
  }
}
`,
  })
  const errors = factsOf(set.facts, 'error').filter(({ status }) => status === 409)
  expect(errors.map(({ grade }) => grade)).toEqual(['open'])
})
