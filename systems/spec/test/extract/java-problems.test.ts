import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const pom = `<project>
  <dependency><artifactId>spring-boot-starter-web</artifactId></dependency>
  <dependency><artifactId>problem-spring-web</artifactId></dependency>
</project>`
const web = 'import org.springframework.http.*;\nimport org.springframework.web.bind.annotation.*;'

const errorsOf = async (advice: string) => {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/java/lib/Loans.java': `package lib;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Loans {
    @PutMapping("/loans/{id}")
    String one(@PathVariable Long id, @RequestBody Loan loan) {
        if (loan.days > 90) throw new Gone("Gone");
        if (loan.days > 80) throw new Late();
        if (loan.days > 70) throw new Taken("Taken");
        if (loan.days > 60) throw new UnsupportedOperationException("No");
        return "loan";
    }
}
class Loan { public int days; }
class Gone extends RuntimeException { Gone(String text) { super(text); } }
class Late extends RuntimeException {}
`,
    'src/main/java/lib/Taken.java': `package lib;
import java.net.URI;
import org.zalando.problem.AbstractThrowableProblem;
import org.zalando.problem.Status;

class Taken extends AbstractThrowableProblem {
    Taken(String title) { super(URI.create("/taken"), title, Status.CONFLICT); }
}
`,
    'src/main/java/lib/Advice.java': advice,
  })
  return factsOf(set.facts, 'error')
    .filter(({ grade }) => grade !== 'open')
    .map((one) => sayFact(one, 'it').replace(/ and (?:\d|a) further tests? holds?/, ''))
    .toSorted()
}

test('problems that an advice creates have their status, and traits of the library answer what they are for [SPEC-PACKS-01]', async () => {
  expect(
    await errorsOf(`package lib;
${web}
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.context.request.NativeWebRequest;
import org.zalando.problem.Problem;
import org.zalando.problem.Status;
import org.zalando.problem.spring.web.advice.ProblemHandling;

@ControllerAdvice
class Advice implements ProblemHandling {
    @ExceptionHandler
    ResponseEntity<Problem> gone(Gone gone, NativeWebRequest request) {
        return create(Problem.valueOf(Status.GONE, gone.getMessage()), request);
    }
    @ExceptionHandler
    ResponseEntity<Problem> late(Late late, NativeWebRequest request) {
        Problem problem = Problem.builder().withTitle("Late").withStatus(Status.LOCKED).withDetail("Late").build();
        return create(late, problem, request);
    }
    @Override
    public ResponseEntity<Problem> handleMessageNotReadableException(HttpMessageNotReadableException broken, NativeWebRequest request) {
        return create(Problem.valueOf(Status.UNPROCESSABLE_ENTITY, "Unread"), request);
    }
}
`),
  ).toEqual([
    'IF, for it, the body can not be read, THEN the service SHALL answer 422.',
    'IF, for it, the body’s field days is at most 70 and the body’s field days is greater than 60, THEN the service SHALL answer 501 and say "No".',
    'IF, for it, the body’s field days is at most 80 and the body’s field days is greater than 70, THEN the service SHALL answer 409 and say "Taken".',
    'IF, for it, the body’s field days is at most 90 and the body’s field days is greater than 80, THEN the service SHALL answer 423.',
    'IF, for it, the body’s field days is greater than 90, THEN the service SHALL answer 410 and say "Gone".',
    'IF, for it, the request does not fit what is declared, THEN the service SHALL answer 400.',
  ])
})
