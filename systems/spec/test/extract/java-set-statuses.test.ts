import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = (methods: string) => ({
  'pom.xml': `<project><groupId>org.quay</groupId><artifactId>quay</artifactId><version>1</version><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>`,
  'src/main/java/org/quay/NoBoat.java': `package org.quay;

public class NoBoat extends RuntimeException {}
`,
  'src/main/java/org/quay/Boats.java': `package org.quay;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Boats {
  private Map<String, String> find(String id) {
    if (id.length() > 8) throw new NoBoat();
    return Map.of("id", id);
  }
${methods}
}
`,
})

async function answersOf(methods: string): Promise<string[]> {
  const { facts } = (await extractFiles(files(methods))).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(facts, 'error'), ...factsOf(facts, 'response')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('what a handler of Spring returns after it set a status on some ways is, of those, what they made of it [SPEC-EXTRACT-06]', async () => {
  expect(
    await answersOf(`
  @GetMapping("/boats/{id}")
  public Map<String, String> one(@PathVariable("id") String id, HttpServletResponse response) {
    Map<String, String> found = null;
    try {
      found = find(id);
    } catch (NoBoat e) {
      response.setStatus(404);
      found = Map.of("error", "no such boat");
    }
    return found;
  }

  @GetMapping("/sails/{id}")
  public Map<String, String> sail(@PathVariable("id") String id, HttpServletResponse response) {
    Map<String, String> said = Map.of("sail", id);
    if (id.length() > 4) {
      response.setStatus(422);
      said = Map.of("error", "too long");
    }
    return said;
  }`),
  ).toEqual([
    'IF, for GET /boats/{id}, the length of the path parameter id is greater than 8, THEN the service SHALL answer 404 with error (string, required) and say "no such boat".',
    'IF, for GET /sails/{id}, the length of the path parameter id is greater than 4, THEN the service SHALL answer 422 with error (string, required) and say "too long".',
    'WHEN a client sends GET /boats/{id}, the service SHALL answer 200 with id (string, required).',
    'WHEN a client sends GET /sails/{id}, the service SHALL answer 200 with sail (string, required).',
  ])
})
