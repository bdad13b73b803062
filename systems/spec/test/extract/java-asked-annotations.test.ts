import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

async function told(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  return {
    errors: factsOf(set.facts, 'error')
      .map(({ operation, status, message }) => `${paths.get(operation)} ${status} ${message}`.trim())
      .toSorted(),
    guards: factsOf(set.facts, 'guard')
      .map(({ operation, isOptional }) => `${paths.get(operation)}${isOptional ? ' (optional)' : ''}`)
      .toSorted(),
  }
}

const spring = (asks: string) => ({
  'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
  'src/main/resources/application.properties': 'server.error.include-message=always',
  'src/main/java/a/App.java': `package a;
import org.springframework.boot.autoconfigure.SpringBootApplication;
@SpringBootApplication public class App {}
`,
  'src/main/java/a/CardOnly.java': `package a;
public @interface CardOnly { boolean strict() default true; boolean isLent() default false; }
`,
  'src/main/java/a/CardCheck.java': `package a;
import jakarta.servlet.http.*;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
public class CardCheck implements HandlerInterceptor {
  private Cards cards;
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object target) {
    if (!(target instanceof HandlerMethod)) return true;
    HandlerMethod method = (HandlerMethod) target;
    String card = request.getHeader("Authorization");
    if (card != null) {
      if (!cards.isKnown(card)) throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "no such card");
    } else if (${asks}) {
      throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "show a card");
    }
    return true;
  }
}
`,
  'src/main/java/a/Web.java': `package a;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.*;
@Configuration
public class Web implements WebMvcConfigurer {
  public void addInterceptors(InterceptorRegistry registry) { registry.addInterceptor(new CardCheck()); }
}
`,
  'src/main/java/a/Loans.java': `package a;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  @GetMapping("/loans") public String all() { return ""; }
  @CardOnly @DeleteMapping("/loans/old") public String clear() { return ""; }
}
`,
})

test.each([
  'method.hasMethodAnnotation(CardOnly.class)',
  'method.getMethodAnnotation(CardOnly.class) != null',
  'method.getMethod().isAnnotationPresent(CardOnly.class)',
  'AnnotatedElementUtils.hasAnnotation(method.getMethod(), CardOnly.class)',
  'AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), CardOnly.class) != null',
  'method.hasMethodAnnotation(CardOnly.class) && method.getMethodAnnotation(CardOnly.class).strict()',
])(
  'an interceptor of Spring that asks %s refuses nobody else who shows nothing [SPEC-EXTRACT-06]',
  async (asks) => {
    expect(await told(spring(asks))).toEqual({
      errors: ['/loans 401 no such card', '/loans/old 401 no such card', '/loans/old 401 show a card'],
      guards: ['/loans (optional)', '/loans/old'],
    })
  },
)

test('what an annotation is not given is its default [SPEC-EXTRACT-06]', async () => {
  const asks =
    'method.hasMethodAnnotation(CardOnly.class) && method.getMethodAnnotation(CardOnly.class).isLent()'
  expect(await told(spring(asks))).toEqual({
    errors: ['/loans 401 no such card', '/loans/old 401 no such card'],
    guards: ['/loans (optional)', '/loans/old (optional)'],
  })
})

const quarkus = (token: string, mapper = '', build = '') => ({
  'pom.xml': `<artifactId>quarkus-resteasy-reactive</artifactId>${build}`,
  'src/main/java/a/Cards.java': `package a;
import io.smallrye.jwt.build.Jwt;
import java.util.*;
public class Cards {
  public static final String READER = "reader";
  public String cardOf(Reader reader) { ${token} }
}
`,
  'src/main/java/a/Torn.java': `package a;
import jakarta.validation.ConstraintViolationException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
public class Torn {
  ${mapper}
}
`,
  'src/main/java/a/Loans.java': `package a;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.*;
@Path("/loans")
public class Loans {
  @GET @RolesAllowed(Cards.READER) public String all() { return ""; }
  @GET @Path("/kept") @RolesAllowed("keeper") public String kept() { return ""; }
  @GET @Path("/any") @RolesAllowed("**") public String any() { return ""; }
}
`,
})
const allSigned = ['/loans 401', '/loans/any 401', '/loans/kept 401', '/loans/kept 403']

test.each([
  'return Jwt.subject(reader.id).groups(READER).sign();',
  'return Jwt.claims().groups(Set.of(READER, reader.rank())).expiresIn(60).jws().keyId("k").sign();',
  'return Jwt.issuer("desk").groups(new HashSet<>(Arrays.asList("reader"))).sign();',
])(
  'a role that each token has which the program signs refuses nobody who is signed in: %s [SPEC-EXTRACT-06]',
  async (token) => {
    expect((await told(quarkus(token))).errors).toEqual(allSigned)
  },
)

test.each([
  ['return Jwt.subject(reader.id).groups(reader.rank()).sign();', ''],
  ['return Jwt.subject(reader.id).groups(reader.isOld() ? READER : "guest").sign();', ''],
  [
    'if (reader == null) return Jwt.subject("guest").sign(); return Jwt.subject(reader.id).groups(READER).sign();',
    '',
  ],
  ['return Jwt.subject(reader.id).groups(READER).sign();', '<artifactId>quarkus-oidc</artifactId>'],
])('a role that some caller may lack refuses who lacks it: %s %s [SPEC-EXTRACT-06]', async (token, build) => {
  expect((await told(quarkus(token, '', build))).errors).toEqual([
    '/loans 401',
    '/loans 403',
    ...allSigned.slice(1),
  ])
})

test('what a mapper builds with a status of its own is what validation is answered with [SPEC-EXTRACT-06]', async () => {
  const files = quarkus(
    'return Jwt.subject(reader.id).groups(READER).sign();',
    '@ServerExceptionMapper public RestResponse<String> torn(ConstraintViolationException e) { return RestResponse.ResponseBuilder.<String>create(422).entity("torn").build(); }',
  )
  const path = 'src/main/java/a/Loans.java'
  const checked = files[path].replace('all()', 'all(@QueryParam("days") @Positive int days)')
  expect((await told({ ...files, [path]: checked })).errors).toContain('/loans 422')
})
