import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const kennel = (check: string, error: string) =>
  extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    'src/main/java/kennel/Dogs.java': `package kennel;
import cn.dev33.satoken.stp.StpUtil;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.subject.Subject;
import org.springframework.web.bind.annotation.*;
@RestController
public class Dogs extends Desk {
  @GetMapping("/dogs") public String all() {
    ${check}
    return "dogs";
  }
}
`,
    'src/main/java/kennel/Desk.java': `package kennel;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.subject.Subject;
public class Desk {
  protected Subject caller() { return SecurityUtils.getSubject(); }
}
`,
    'src/main/java/kennel/Refusing.java': `package kennel;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Refusing {
  @ExceptionHandler(${error}.class)
  @ResponseStatus(HttpStatus.FORBIDDEN)
  public String refused() { return "You may not."; }
}
`,
  })

test.each([
  [
    'SecurityUtils.getSubject().checkPermission("dogs:read");',
    'org.apache.shiro.authz.UnauthorizedException',
  ],
  ['caller().checkPermission("dogs:read");', 'org.apache.shiro.authz.AuthorizationException'],
  [
    'Subject subject = SecurityUtils.getSubject(); subject.checkRole("keeper");',
    'org.apache.shiro.authz.UnauthorizedException',
  ],
  ['StpUtil.checkLogin();', 'cn.dev33.satoken.exception.NotLoginException'],
  ['StpUtil.checkRole("keeper");', 'cn.dev33.satoken.exception.NotRoleException'],
  ['StpUtil.checkPermission("dogs:read");', 'cn.dev33.satoken.exception.SaTokenException'],
])(
  'a check of the caller by a library throws the error that it documents: %s [SPEC-PACKS-01]',
  async (check, error) => {
    const { set } = await kennel(check, error)
    const errors = factsOf(set.facts, 'error')
    expect(errors.map(({ grade, status }) => `${grade} ${status}`)).toEqual(['proved 403'])
  },
)
