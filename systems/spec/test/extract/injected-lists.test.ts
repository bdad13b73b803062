import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('rules of a chain that methods of a configuration give are asked by their order, of one that is asked for later too [SPEC-PACKS-01]', async () => {
  const said = await saidErrors({
    'pom.xml':
      '<project><dependency><artifactId>spring-boot-starter-webflux</artifactId></dependency><dependency><artifactId>spring-boot-starter-security</artifactId></dependency></project>',
    'src/main/java/port/Boats.java': `
package port;
import org.springframework.web.bind.annotation.*;
@RestController
public class Boats {
  @GetMapping("/boats") public String boats() { return "boats"; }
  @GetMapping("/piers") public String piers() { return "piers"; }
}
`,
    'src/main/java/port/Rules.java': `
package port;
import org.springframework.security.config.web.server.ServerHttpSecurity;
public interface Rules { void put(ServerHttpSecurity http); }
`,
    'src/main/java/port/Watch.java': `
package port;
import org.springframework.context.annotation.*;
import org.springframework.core.annotation.Order;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
@Configuration
@EnableWebFluxSecurity
public class Watch {
  @Bean
  SecurityWebFilterChain chain(ServerHttpSecurity http, ObjectProvider<Rules> rules) {
    http.httpBasic(basic -> {});
    rules.orderedStream().forEach(one -> one.put(http));
    return http.build();
  }
  @Bean
  @Order(20)
  Rules others() { return http -> http.authorizeExchange(asked -> asked.anyExchange().permitAll()); }
  @Bean
  @Order(10)
  Rules boats() { return http -> http.authorizeExchange(asked -> asked.pathMatchers("/boats").authenticated()); }
}
`,
  })
  expect(said).toEqual([
    'IF, for GET /boats, the caller is not signed in, THEN the service SHALL answer 401.',
  ])
})
