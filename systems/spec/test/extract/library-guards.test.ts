import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const java = (name: string, body: string) => ({
  [`src/main/java/depot/${name}.java`]: `package depot;
import org.apache.shiro.authz.annotation.*;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
${body}`,
})
const depot = (more: Record<string, string>, starter = 'shiro-spring') =>
  extractFiles({
    'pom.xml': `<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency><dependency><artifactId>${starter}</artifactId></dependency></project>`,
    ...java(
      'Parcels',
      `@RestController
public class Parcels {
  @GetMapping("/open") public String open() { return "open"; }
  @RequiresPermissions("parcel:list") @GetMapping("/parcels") public String all() { return "all"; }
  @RequiresRoles(value = {"clerk", "chief"}, logical = Logical.OR) @PostMapping("/parcels") public String add() { return "one"; }
  @RequiresPermissions({"parcel:list", "parcel:drop"}) @DeleteMapping("/parcels") public void drop() { }
  @RequiresAuthentication @GetMapping("/mine") public String mine() { return "mine"; }
}
`,
    ),
    ...java(
      'Refusing',
      `@RestControllerAdvice
public class Refusing {
  @ExceptionHandler(org.apache.shiro.authz.UnauthenticatedException.class)
  @ResponseStatus(HttpStatus.UNAUTHORIZED)
  public String unknown() { return "Sign in."; }
  @ExceptionHandler(org.apache.shiro.authz.AuthorizationException.class)
  @ResponseStatus(HttpStatus.FORBIDDEN)
  public String refused() { return "You may not."; }
}
`,
    ),
    ...more,
  })
const advisor = java(
  'Shiro',
  `import org.apache.shiro.spring.security.interceptor.AuthorizationAttributeSourceAdvisor;
import org.springframework.context.annotation.*;
@Configuration
public class Shiro {
  @Bean public AuthorizationAttributeSourceAdvisor advisor() { return new AuthorizationAttributeSourceAdvisor(); }
}
`,
)
const told = async (more: Record<string, string>, starter?: string) => {
  const { set } = await depot(more, starter)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return {
    guards: factsOf(set.facts, 'guard')
      .map(({ guard, roles, operation }) => `${titles.get(operation)}: ${guard} ${roles.join(', ')}`.trim())
      .toSorted(),
    errors: factsOf(set.facts, 'error')
      .map(({ grade, status, operation }) => `${titles.get(operation)}: ${grade} ${status}`)
      .toSorted(),
    questions: set.questions.map(({ text }) => text),
  }
}

test.each([
  [advisor, undefined],
  [{}, 'shiro-spring-boot-web-starter'],
])(
  "Shiro's annotations guard what they stand on, and what handles its errors answers them [SPEC-PACKS-01]",
  async (more, starter) => {
    const { guards, errors, questions } = await told(more, starter)
    expect(guards).toEqual([
      'DELETE /parcels: role',
      'GET /mine: authentication',
      'GET /parcels: role parcel:list',
      'POST /parcels: role chief, clerk',
    ])
    expect(errors).toEqual([
      'DELETE /parcels: framework 401',
      'DELETE /parcels: open 403',
      'GET /mine: framework 401',
      'GET /parcels: framework 401',
      'GET /parcels: framework 403',
      'POST /parcels: framework 401',
      'POST /parcels: framework 403',
    ])
    expect(questions.filter((text) => text.startsWith('Does'))).toEqual([])
  },
)

test('where nothing enables them, whether they refuse anybody is asked [SPEC-PACKS-01]', async () => {
  const { guards, errors, questions } = await told({})
  expect([...guards, ...errors]).toEqual([])
  expect(questions.join()).toContain('Does `@RequiresPermissions` refuse anybody')
})

const gate = (interceptor: string) =>
  extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    'src/main/java/depot/Crates.java': `package depot;
import cn.dev33.satoken.annotation.*;
import org.springframework.web.bind.annotation.*;
@RestController
public class Crates {
  @GetMapping("/open") public String open() { return "open"; }
  @GetMapping("/mine") public String mine() { return "mine"; }
  @SaCheckPermission("crate.list") @GetMapping("/crates") public String all() { return "all"; }
  @SaCheckRole(value = {"clerk", "chief"}, mode = SaMode.OR) @PostMapping("/crates") public String add() { return "one"; }
}
`,
    'src/main/java/depot/Gate.java': `package depot;
import cn.dev33.satoken.interceptor.SaInterceptor;
import cn.dev33.satoken.stp.StpUtil;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.*;
@Configuration
public class Gate implements WebMvcConfigurer {
  @Override public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(${interceptor}).addPathPatterns("/**").excludePathPatterns("/open");
  }
}
`,
    'src/main/java/depot/Refusing.java': `package depot;
import cn.dev33.satoken.exception.*;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Refusing {
  @ExceptionHandler(NotLoginException.class) @ResponseStatus(HttpStatus.UNAUTHORIZED)
  public String unknown() { return "Sign in."; }
  @ExceptionHandler({NotRoleException.class, NotPermissionException.class}) @ResponseStatus(HttpStatus.FORBIDDEN)
  public String refused() { return "You may not."; }
}
`,
  })

test.each([
  ['new SaInterceptor()', []],
  [
    'new SaInterceptor(handle -> StpUtil.checkLogin())',
    ['GET /crates: proved 401', 'GET /mine: proved 401', 'POST /crates: proved 401'],
  ],
])(
  "Sa-Token's interceptor asks its annotations, and what it is made with (%s) [SPEC-PACKS-01]",
  async (interceptor, more) => {
    const { set } = await gate(interceptor)
    const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
    const errors = factsOf(set.facts, 'error')
      .map(({ grade, status, operation }) => `${titles.get(operation)}: ${grade} ${status}`)
      .toSorted()
    expect(errors.filter((one) => one.endsWith('403'))).toEqual([
      'GET /crates: framework 403',
      'POST /crates: framework 403',
    ])
    expect(errors.filter((one) => one.endsWith('401'))).toEqual(
      ['GET /crates: framework 401', 'POST /crates: framework 401', ...more].toSorted(),
    )
    expect(
      factsOf(set.facts, 'guard')
        .flatMap(({ roles }) => roles)
        .toSorted(),
    ).toEqual(['chief', 'clerk', 'crate.list'])
  },
)
