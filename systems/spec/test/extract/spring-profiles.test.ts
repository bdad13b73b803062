import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const berths = `package harbour;
import org.springframework.web.bind.annotation.*;
@RestController
public class Berths {
  @GetMapping("/berths")
  public String berths() { return "ok"; }
}
`
const head = `package harbour;
import jakarta.servlet.*;
import jakarta.servlet.http.*;
import org.springframework.boot.autoconfigure.condition.*;
import org.springframework.context.annotation.*;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
`
const chain = (name: string, asked: string) => `
  @Bean
  public SecurityFilterChain ${name}(HttpSecurity http) throws Exception {
    return http.csrf(it -> it.disable()).authorizeHttpRequests(all -> all.anyRequest().${asked}).httpBasic(it -> {}).build();
  }`

async function said(files: Record<string, string>, controller = berths) {
  const all = Object.entries({ Berths: controller, ...files }).map(([name, text]) => [
    `src/main/java/harbour/${name}.java`,
    name === 'Berths' ? text : head + text,
  ])
  const { set } = await extractFiles(Object.fromEntries(all))
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'guard'), ...factsOf(set.facts, 'error')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('a chain that stands under a profile is told with it, where another one lets everybody pass [SPEC-EXTRACT-06]', async () => {
  expect(
    await said({
      Open: `@Configuration @Profile("!auth") public class Open {${chain('open', 'permitAll()')}\n}`,
      Closed: `@Configuration @Profile("auth") public class Closed {
        @Configuration public static class Inner {${chain('closed', 'authenticated()')}\n}}`,
    }),
  ).toEqual([
    'IF, for GET /berths, the caller is not signed in and the profile "auth" is active, THEN the service SHALL answer 401.',
    'WHEN a client sends GET /berths and the profile "auth" is active, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('chains that a setting chooses are told as one where they ask the same [SPEC-EXTRACT-06]', async () => {
  const on = (having: string, more = '') =>
    `@ConditionalOnProperty(prefix = "harbour", name = "gate", havingValue = "${having}"${more})`
  expect(
    await said({
      One: `@Configuration ${on('new')} public class One {${chain('one', 'hasRole("PILOT")')}\n}`,
      Two: `@Configuration public class Two {
        ${on('old', ', matchIfMissing = true')}${chain('two', 'authenticated()')}\n}`,
    }),
  ).toEqual([
    'IF, for GET /berths, `harbour.gate` is "new", or `harbour.gate` is "old", or `harbour.gate` is missing, and in each case the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for GET /berths, the caller does not have the role "PILOT" and `harbour.gate` is "new", THEN the service SHALL answer 403.',
    'WHEN a client sends GET /berths and `harbour.gate` is "new", the service SHALL refuse a caller without PILOT, and answer 401 to one who is not signed in.',
    'WHEN a client sends GET /berths and `harbour.gate` is "old", or `harbour.gate` is missing, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('a rule that only some settings put first is told with them, and so is the one after it [SPEC-EXTRACT-06]', async () => {
  expect(
    await said({
      Gate: `@Configuration public class Gate {
  @Value("\${harbour.open}") private boolean isOpen;
  @Bean
  public SecurityFilterChain gate(HttpSecurity http) throws Exception {
    http.csrf(it -> it.disable()).httpBasic(it -> {});
    if (isOpen) http.authorizeHttpRequests(all -> all.anyRequest().permitAll());
    else http.authorizeHttpRequests(all -> all.anyRequest().authenticated());
    return http.build();
  }
}`,
    }),
  ).toEqual([
    'IF, for GET /berths, the caller is not signed in and `harbour.open` does not hold, THEN the service SHALL answer 401.',
    'WHEN a client sends GET /berths and `harbour.open` does not hold, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('a filter that stands under a setting refuses only with it [SPEC-EXTRACT-06]', async () => {
  expect(
    await said({
      Keys: `@Component @ConditionalOnProperty("harbour.keys") public class Keys extends OncePerRequestFilter {
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws Exception {
    if (request.getHeader("X-Key") == null) { response.sendError(401); return; }
    chain.doFilter(request, response);
  }
}`,
    }),
  ).toEqual([
    'IF, for GET /berths, `harbour.keys` is not "false" and `harbour.keys` is there and the header X-Key is missing, THEN the service SHALL answer 401.',
    'WHEN a client sends GET /berths and `harbour.keys` is not "false" and `harbour.keys` is there, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('rules that a chain takes from a list of beans are those of each of them, in their order [SPEC-EXTRACT-06]', async () => {
  const rules = `import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
`
  const registry =
    'AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry registry'
  expect(
    await said(
      {
        Rules: `${rules} public interface Rules { void put(${registry}); }`,
        Basins: `${rules} @Component @Order(2) public class Basins implements Rules {
  public void put(${registry}) { registry.requestMatchers("/berths/**").hasRole("PILOT"); }
}`,
        Open: `${rules} @Component @Order(1) public class Open implements Rules {
  public void put(${registry}) { registry.requestMatchers(HttpMethod.GET, "/berths").permitAll(); }
}`,
        Gate: `import java.util.List;
@Configuration public class Gate {
  private final List<Rules> rules;
  public Gate(List<Rules> rules) { this.rules = rules; }
  @Bean
  public SecurityFilterChain gate(HttpSecurity http) throws Exception {
    return http.csrf(it -> it.disable()).httpBasic(it -> {}).authorizeHttpRequests(all -> {
      if (rules != null) {
        rules.forEach(rule -> rule.put(all));
        all.anyRequest().authenticated();
      }
    }).build();
  }
}`,
      },
      berths.replace(
        '  @GetMapping',
        `  @PostMapping("/berths")
  public String build() { return "ok"; }
  @GetMapping("/tides")
  public String tides() { return "ok"; }
  @GetMapping`,
      ),
    ),
  ).toEqual([
    'IF, for GET /tides, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for POST /berths, the caller does not have the role "PILOT", THEN the service SHALL answer 403.',
    'IF, for POST /berths, the caller is not signed in, THEN the service SHALL answer 401.',
    'WHEN a client sends GET /tides, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends POST /berths, the service SHALL refuse a caller without PILOT, and answer 401 to one who is not signed in.',
  ])
})

test.each([
  ['@Value("${harbour.auth.enabled}") private boolean isOn;', '!isOn', '`harbour.auth.enabled` holds'],
  ['private final AuthProperties auth = null;', '!auth.isEnabled()', '`auth.enabled` holds'],
])(
  'a filter that asks for a setting first refuses only with it: %s [SPEC-EXTRACT-06]',
  async (field, off, words) => {
    expect(
      await said({
        AuthProperties: `public class AuthProperties { private boolean enabled; public boolean isEnabled() { return enabled; } }`,
        Keys: `@Component public class Keys extends OncePerRequestFilter {
  ${field}
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws Exception {
    if (${off}) { chain.doFilter(request, response); return; }
    if (request.getHeader("Authorization") == null) { response.sendError(401); return; }
    chain.doFilter(request, response);
  }
}`,
      }),
    ).toEqual([
      `IF, for GET /berths, ${words} and the header Authorization is missing, THEN the service SHALL answer 401.`,
      `WHEN a client sends GET /berths and ${words}, the service SHALL answer 401 to a caller who is not signed in.`,
    ])
  },
)

test('what methods ask is told with what enables it, and a controller with what makes it [SPEC-EXTRACT-06]', async () => {
  const files = {
    Enabled: `@Configuration @EnableMethodSecurity @Profile("prod") public class Enabled {}`,
    Gate: `@Configuration public class Gate {${chain('gate', 'authenticated()')}\n}`,
  }
  const controller = berths
    .replace('@RestController', '@RestController @org.springframework.context.annotation.Profile("!demo")')
    .replace(
      '  @Get',
      `  @org.springframework.security.access.prepost.PreAuthorize("hasRole('PILOT')")\n  @Get`,
    )
  expect(await said(files, controller)).toEqual([
    'IF, for GET /berths, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for GET /berths, the profile "prod" is active and `hasRole(\'PILOT\')` does not hold, THEN the service SHALL answer 403.',
    'WHEN a client sends GET /berths and the profile "prod" is active, the service SHALL refuse a caller without hasRole(\'PILOT\'), and answer 401 to one who is not signed in.',
    'WHEN a client sends GET /berths, the service SHALL answer 401 to a caller who is not signed in.',
  ])
  const { set } = await extractFiles({ 'src/main/java/harbour/Berths.java': controller })
  expect(factsOf(set.facts, 'operation').map((one) => sayFact(one, operationTitle(one)))).toEqual([
    'WHERE the profile "demo" is not active, the service SHALL answer GET /berths.',
  ])
})

test('what a library sets up in a chain may answer who is not signed in by itself [SPEC-EXTRACT-06]', async () => {
  expect(
    await said({
      Gate: `import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
@Configuration public class Gate {
  private final OAuth2AuthorizationServerConfigurer<HttpSecurity> server = new OAuth2AuthorizationServerConfigurer<>();
  @Bean
  public SecurityFilterChain gate(HttpSecurity http) throws Exception {
    http.csrf().disable().apply(server).and().authorizeHttpRequests(all -> {});
    return http.authorizeHttpRequests(all -> all.anyRequest().authenticated()).build();
  }
}`,
    }),
  ).toEqual(['WHEN a client sends GET /berths, the service SHALL refuse a caller who is not signed in.'])
})

test('a profile is one of an expression of them [SPEC-EXTRACT-06]', async () => {
  expect(
    await said({
      Gate: `@Configuration @Profile("cloud & !(eu | us)") public class Gate {${chain('gate', 'authenticated()')}\n}`,
    }),
  ).toEqual([
    'IF, for GET /berths, the caller is not signed in and the profile "cloud" is active and the profile "eu" is not active and the profile "us" is not active, THEN the service SHALL answer 401.',
    'WHEN a client sends GET /berths and the profile "cloud" is active and the profile "eu" is not active and the profile "us" is not active, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})
