import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const harbour = (skips: string) =>
  extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    'src/main/java/harbour/Desk.java': `package harbour;
import org.springframework.web.bind.annotation.*;
@RestController
public class Desk {
  @GetMapping("/{port}/staff/cranes") public String cranes(@PathVariable String port) { return "cranes"; }
  @GetMapping("/{port}/ships/{ship}") public String ship(@PathVariable String port, @PathVariable String ship) { return ship; }
}
`,
    'src/main/java/harbour/StaffOnly.java': `package harbour;
import jakarta.servlet.*;
import jakarta.servlet.http.*;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
@Component
public class StaffOnly extends OncePerRequestFilter {
  @Override protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws java.io.IOException, ServletException {
    if (request.getHeader("X-Badge") == null) {
      response.setStatus(401);
      return;
    }
    chain.doFilter(request, response);
  }
  @Override protected boolean shouldNotFilter(HttpServletRequest request) {
    return ${skips};
  }
}
`,
  })

test.each([
  ['!request.getRequestURI().contains("/staff/")', ['GET /{port}/staff/cranes']],
  ['request.getRequestURI().contains("/staff/")', ['GET /{port}/ships/{ship}']],
  // A word without a slash may be in what a variable stands for.
  ['!request.getRequestURI().contains("crane")', ['GET /{port}/ships/{ship}', 'GET /{port}/staff/cranes']],
])(
  'a filter that looks for a word of routes in the path (%s) runs before those operations [SPEC-PACKS-01]',
  async (skips, expected) => {
    const { set } = await harbour(skips)
    const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
    const errors = factsOf(set.facts, 'error').filter(({ status }) => status === 401)
    expect(
      errors
        .map(({ operation }) => titles.get(operation))
        .toSorted((a, b) => String(a).localeCompare(String(b))),
    ).toEqual(expected)
  },
)

test.each([
  ['', false],
  [
    '<filter-name>staffOnly</filter-name><filter-class>org.springframework.web.filter.DelegatingFilterProxy</filter-class>',
    true,
  ],
])(
  'without Spring Boot a filter that is a bean runs where web.xml names it (%s) [SPEC-PACKS-01]',
  async (filter, isThere) => {
    const { set } = await extractFiles({
      'pom.xml': '<project><dependency><artifactId>spring-webmvc</artifactId></dependency></project>',
      'src/main/webapp/WEB-INF/web.xml': `<web-app><filter>${filter}</filter></web-app>`,
      'src/main/java/harbour/Desk.java': `package harbour;
import org.springframework.web.bind.annotation.*;
@RestController
public class Desk {
  @GetMapping("/cranes") public String cranes() { return "cranes"; }
}
`,
      'src/main/java/harbour/StaffOnly.java': `package harbour;
import jakarta.servlet.*;
import jakarta.servlet.http.*;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
@Component
public class StaffOnly extends OncePerRequestFilter {
  @Override protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws java.io.IOException, ServletException {
    if (request.getHeader("X-Badge") == null) {
      response.setStatus(401);
      return;
    }
    chain.doFilter(request, response);
  }
}
`,
    })
    expect(factsOf(set.facts, 'error').some(({ status }) => status === 401)).toBe(isThere)
  },
)
