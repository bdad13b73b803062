import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a resource server of Spring Security OAuth answers 401 to who shows no token, and asks for none against forgery [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'pom.xml':
      '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency><dependency><artifactId>spring-security-oauth2</artifactId></dependency></dependencies></project>',
    'src/main/java/harbour/Gate.java': `package harbour;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.config.annotation.web.configuration.*;
@Configuration
@EnableResourceServer
public class Gate extends ResourceServerConfigurerAdapter {
  @Override
  public void configure(HttpSecurity http) throws Exception {
    http.authorizeRequests().anyRequest().authenticated();
  }
}
`,
    'src/main/java/harbour/BerthController.java': `package harbour;
import org.springframework.web.bind.annotation.*;
@RestController
class BerthController {
  @PostMapping("/berths")
  void moor() {}
}
`,
  })
  expect(factsOf(set.facts, 'guard').map(({ guard, status }) => [guard, status])).toEqual([
    ['authentication', 401],
  ])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).not.toContain(403)
})
