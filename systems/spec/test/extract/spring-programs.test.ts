import { expect, test } from 'vitest'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const manifest = (name: string) => `<project><artifactId>${name}</artifactId></project>`

test('what one program of Spring sets up is for no other, however its class is annotated [SPEC-PACKS-01]', async () => {
  const program = (name: string, path: string) => ({
    [`${name}/pom.xml`]: manifest(name),
    [`${name}/src/main/java/mill/${name}/App.java`]: `package mill.${name};

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

@EnableAutoConfiguration
@Configuration
@ComponentScan
public class App {
  public static void main(String[] args) {
    SpringApplication.run(App.class, args);
  }
}
`,
    [`${name}/src/main/java/mill/${name}/Sacks.java`]: `package mill.${name};

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Sacks {
  @GetMapping("${path}")
  public List<String> all() {
    return List.of("rye");
  }
}
`,
  })
  const { set } = await extractFiles({
    'pom.xml': manifest('mill'),
    ...program('store', '/sacks'),
    ...program('office', '/orders'),
    'office/src/main/java/mill/office/Seal.java': `package mill.office;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

@Component
public class Seal extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws java.io.IOException, jakarta.servlet.ServletException {
    if (request.getHeader("X-Seal") == null) {
      response.sendError(409, "no seal");
      return;
    }
    chain.doFilter(request, response);
  }
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const refused = factsOf(set.facts, 'error').map(
    ({ operation, status }) => `${titles.get(operation)} ${status}`,
  )
  expect([...titles.values()].toSorted()).toEqual(['GET /orders', 'GET /sacks'])
  expect(refused).toEqual(['GET /orders 409'])
})
