import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const base = 'src/main/java/quay'
const chain = `package quay;
import org.springframework.context.annotation.*;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
@Configuration
public class Chain {
  private AuthenticationManager manager;
  @Bean
  public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    Plain plain = new Plain(manager);
    plain.setFilterProcessesUrl("/plain");
    http.csrf().disable()
      .authorizeHttpRequests(all -> all.requestMatchers("/tides").permitAll().anyRequest().authenticated())
      .addFilter(plain)
      .addFilter(new Berth(manager))
      .addFilterBefore(new Crane("/crane", manager), UsernamePasswordAuthenticationFilter.class)
      .addFilterBefore(new Token(), UsernamePasswordAuthenticationFilter.class);
    return http.build();
  }
}
`
const plain = `package quay;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
public class Plain extends UsernamePasswordAuthenticationFilter {
  public Plain(AuthenticationManager manager) { super(manager); }
}
`
const berth = `package quay;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.*;
import org.springframework.security.authentication.*;
import org.springframework.security.core.*;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import static quay.Places.*;
public class Berth extends UsernamePasswordAuthenticationFilter {
  private final AuthenticationManager manager;
  public Berth(AuthenticationManager manager) {
    this.manager = manager;
    setFilterProcessesUrl(PLACE);
    setAuthenticationFailureHandler(new Turned());
  }
  @Override
  public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
    return manager.authenticate(new UsernamePasswordAuthenticationToken(request.getHeader("X-Skipper"), "x"));
  }
  @Override
  protected void successfulAuthentication(HttpServletRequest request, HttpServletResponse response, FilterChain chain, Authentication is) {
    response.addHeader("Authorization", "token");
  }
}
`
const turned = `package quay;
import jakarta.servlet.http.*;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
public class Turned implements AuthenticationFailureHandler {
  @Override
  public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
    response.setStatus(403);
  }
}
`
const crane = `package quay;
import jakarta.servlet.http.*;
import org.springframework.security.authentication.*;
import org.springframework.security.core.*;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.util.matcher.AntPathRequestMatcher;
public class Crane extends AbstractAuthenticationProcessingFilter {
  public Crane(String place, AuthenticationManager manager) { super(new AntPathRequestMatcher(place, "PUT")); }
  @Override
  public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) { return null; }
}
`
// It lets every request through: no place of its own.
const token = `package quay;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
public class Token extends AbstractAuthenticationProcessingFilter {
  public Token() { super("/**"); }
}
`
const tides = `package quay;
import org.springframework.web.bind.annotation.*;
@RestController
public class Tides { @GetMapping("/tides") public String tides() { return "high"; } }
`

test('filters of Spring Security that answer a path by themselves are where callers sign in [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'pom.xml':
      '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
    'src/main/resources/application.properties': 'server.servlet.context-path=/quay\n',
    [`${base}/Chain.java`]: chain,
    [`${base}/Plain.java`]: plain,
    [`${base}/Berth.java`]: berth,
    [`${base}/Places.java`]:
      'package quay;\npublic class Places { public static final String PLACE = "/berth"; }\n',
    [`${base}/Turned.java`]: turned,
    [`${base}/Crane.java`]: crane,
    [`${base}/Token.java`]: token,
    [`${base}/Tides.java`]: tides,
  })
  const operations = factsOf(set.facts, 'operation')
  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
    '* /quay/berth',
    'GET /quay/tides',
    'POST /quay/plain',
    'PUT /quay/crane',
  ])
  const of = (path: string) => operations.find((one) => one.path === path)?.id
  const told = (path: string) =>
    set.facts
      .flatMap((one) =>
        (one.kind === 'error' || one.kind === 'response') && one.operation === of(path)
          ? [`${one.status} ${one.grade}`]
          : [],
      )
      .toSorted()
  expect(told('/quay/plain')).toEqual(['302 framework', '401 framework'])
  expect(told('/quay/crane')).toEqual(['302 framework', '401 framework'])
  expect(told('/quay/berth')).toEqual(['200 proved', '403 open'])
  expect(set.facts.filter(({ kind }) => kind === 'guard')).toEqual([])
})
