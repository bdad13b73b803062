import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

async function errors(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  return factsOf(set.facts, 'error')
    .map(({ operation, status, message }) => `${paths.get(operation)} ${status} ${message}`.trim())
    .toSorted()
}

test('what an interceptor of Jakarta refuses is answered by the methods that carry its binding [SPEC-EXTRACT-06]', async () => {
  expect(
    await errors({
      'pom.xml': '<artifactId>quarkus-resteasy</artifactId>',
      'src/main/java/a/Staff.java': `package a;
import jakarta.interceptor.InterceptorBinding;
@InterceptorBinding public @interface Staff { String of() default ""; }
`,
      'src/main/java/a/StaffCheck.java': `package a;
import jakarta.interceptor.*;
import jakarta.ws.rs.ForbiddenException;
@Interceptor @Staff
public class StaffCheck {
  private Desk desk;
  @AroundInvoke
  public Object check(InvocationContext context) throws Exception {
    if (!desk.isOpenTo(context.getMethod().getAnnotation(Staff.class).of())) throw new ForbiddenException("staff only");
    return context.proceed();
  }
}
`,
      'src/main/java/a/Loans.java': `package a;
import jakarta.ws.rs.*;
@Path("/loans")
public class Loans {
  @GET public String all() { return ""; }
  @DELETE @Path("/old") @Staff(of = "desk") public void clear() {}
}
`,
    }),
  ).toEqual(['/loans/old 403'])
})

test('what an aspect of Spring refuses is answered by the methods that its pointcut names by their annotation [SPEC-EXTRACT-06]', async () => {
  const aspect = (pointcut: string, parameters: string) => ({
    'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
    'src/main/resources/application.properties': 'server.error.include-message=always',
    'src/main/java/a/Staff.java': 'package a;\npublic @interface Staff { String value() default ""; }\n',
    'src/main/java/a/StaffCheck.java': `package a;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.*;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
@Aspect @Component
public class StaffCheck {
  private Desk desk;
  @Pointcut("@annotation(a.Staff)") public void forStaff() {}
  @Before("${pointcut}")
  public void check(${parameters}) {
    if (!desk.isOpen()) throw new ResponseStatusException(HttpStatus.CONFLICT, "closed");
  }
}
`,
    'src/main/java/a/Loans.java': `package a;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  @GetMapping("/loans") public String all() { return ""; }
  @Staff("desk") @DeleteMapping("/loans/old") public String clear() { return ""; }
}
`,
  })
  const refused = ['/loans/old 409 closed']
  expect(await errors(aspect('@annotation(a.Staff)', 'JoinPoint at'))).toEqual(refused)
  expect(await errors(aspect('@annotation(staff)', 'JoinPoint at, Staff staff'))).toEqual(refused)
  expect(await errors(aspect('forStaff()', 'JoinPoint at'))).toEqual(refused)
  expect(await errors(aspect('execution(* a.Other.*(..))', 'JoinPoint at'))).toEqual([])
})

test('what an interceptor catches of what it runs around and throws again is no answer of a mapper of one exception [SPEC-EXTRACT-06]', async () => {
  expect(
    await errors({
      'pom.xml': '<artifactId>quarkus-resteasy</artifactId>',
      'src/main/java/a/Timed.java': `package a;
import jakarta.interceptor.InterceptorBinding;
@InterceptorBinding public @interface Timed {}
`,
      'src/main/java/a/Timer.java': `package a;
import jakarta.interceptor.*;
@Interceptor @Timed
public class Timer {
  private Clock clock;
  @AroundInvoke
  public Object time(InvocationContext context) throws Exception {
    Throwable first = null;
    try {
      return context.proceed();
    } catch (Throwable thrown) {
      first = thrown;
      throw thrown;
    } finally {
      try {
        clock.stop();
      } catch (Throwable second) {
        if (first != null) second.addSuppressed(first);
        throw second;
      }
    }
  }
}
`,
      'src/main/java/a/TornMapper.java': `package a;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.*;
@Provider
public class TornMapper implements ExceptionMapper<ConstraintViolationException> {
  public Response toResponse(ConstraintViolationException torn) {
    return Response.status(400).entity("torn").build();
  }
}
`,
      'src/main/java/a/Loans.java': `package a;
import jakarta.ws.rs.*;
@Path("/loans")
public class Loans {
  @DELETE @Path("/old") @Timed public void clear() {}
}
`,
    }),
  ).toEqual([])
})
