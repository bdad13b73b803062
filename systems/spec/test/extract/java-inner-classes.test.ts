import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const saidOf = async (advice: string) => {
  const { set } = await extractFiles({
    'pom.xml': '<project><artifactId>spring-boot-starter-web</artifactId></project>',
    'src/main/java/quay/Boats.java': `package quay;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.springframework.web.bind.annotation.*;

@RestController
class Boats {
  record Boat(@NotBlank String name) {}

  static class SunkException extends RuntimeException {
    SunkException(String name) {
      super(name + " has sunk");
    }
  }

  @PostMapping("/boats")
  Boat add(@Valid @RequestBody Boat boat) {
    if (boat.name().startsWith("old")) throw new SunkException(boat.name());
    return boat;
  }
}
`,
    'src/main/java/quay/Advice.java': advice,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? '?'))
    .toSorted()
}

test('a class that stands in another one is that class, whatever the thing is whose method names it [SPEC-EXTRACT-04]', async () => {
  const said = await saidOf(`package quay;

import java.util.List;
import java.util.Map;
import org.springframework.http.*;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.*;

@RestControllerAdvice
class Advice {
  record Problem(Map<String, List<String>> errors) {
    static Problem of(String field, String text) {
      return new Problem(Map.of(field, List.of(text)));
    }
  }

  @ExceptionHandler(MethodArgumentNotValidException.class)
  @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
  Problem invalid(MethodArgumentNotValidException e) {
    return new Problem(Map.of("body", e.getFieldErrors().stream().map(one -> one.getField()).toList()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> sunk(Boats.SunkException e) {
    return ResponseEntity.status(HttpStatus.GONE).body(Problem.of("boat", e.getMessage()));
  }
}
`)
  expect(said).toEqual([
    'IF, for POST /boats, `body.name().startsWith("old")` holds, THEN the service SHALL answer 410 with Problem and say "… has sunk".',
    'IF, for POST /boats, the body can not be read, THEN the service SHALL answer 400.',
    'IF, for POST /boats, the request does not fit what is declared, THEN the service SHALL answer 422.',
  ])
})

test('a handler of errors that says its status by an annotation answers so, whatever it makes of the error [SPEC-EXTRACT-04]', async () => {
  const said = await saidOf(`package quay;

import outside.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.*;

@RestControllerAdvice
class Advice {
  @ExceptionHandler(MethodArgumentNotValidException.class)
  @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
  Problem invalid(MethodArgumentNotValidException e) {
    return new Problem(e.getFieldErrors());
  }
}
`)
  expect(said).toContain(
    'IF, for POST /boats, the request does not fit what is declared, THEN the service SHALL answer 422.',
  )
})
