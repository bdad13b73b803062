import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const description = `
openapi: 3.0.1
info: { title: Pier, version: '1' }
servers: [{ url: 'http://localhost/harbour/api' }]
paths:
  /berths/{berthId}:
    put:
      operationId: changeBerth
      tags: [berths]
      parameters:
        - { name: berthId, in: path, required: true, schema: { type: integer, minimum: 1 } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Berth' } } }
      responses: { '204': { description: changed } }
components:
  schemas:
    Berth:
      type: object
      required: [id, name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, maxLength: 20 }
`

const files = (pom: string, advice: string) => ({
  'pom.xml': `<project><artifactId>openapi-generator-maven-plugin</artifactId>${pom}</project>`,
  'src/main/resources/openapi.yml': description,
  'src/main/java/pier/BerthController.java': `
package pier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import pier.api.BerthsApi;
@RestController
@RequestMapping("/quay")
public class BerthController implements BerthsApi {
  @Override
  public ResponseEntity<Void> changeBerth(Integer berthId, Berth berth) {
    berths.change(berthId, berth);
    return ResponseEntity.noContent().build();
  }
}
`,
  'src/main/java/pier/Failures.java': `
package pier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Failures {
  ${advice}
}
`,
})

async function said(pom: string, advice: string) {
  const { set } = await extractFiles(files(pom, advice))
  const [operation] = factsOf(set.facts, 'operation')
  return {
    path: operation?.path,
    errors: set.facts.filter(({ kind }) => kind === 'error').map((fact) => sayFact(fact, 'PUT')),
    required: factsOf(set.facts, 'body').flatMap(({ shape }) =>
      shape.type === 'object' ? shape.fields.map(({ name, isRequired }) => `${name} ${isRequired}`) : [],
    ),
  }
}

test('what openapi-generator writes for Spring stands below the class alone and checks bodies and parameters by errors of their own [SPEC-EXTRACT-04]', async () => {
  const { path, errors, required } = await said(
    '',
    `@ExceptionHandler(MethodArgumentNotValidException.class)
  public ResponseEntity<Void> unfit(MethodArgumentNotValidException e) { return ResponseEntity.unprocessableEntity().build(); }`,
  )
  expect(path).toBe('/quay/berths/{berthId}')
  expect(errors).toContain(
    'IF, for PUT, the body does not fit what is declared, THEN the service SHALL answer 422.',
  )
  // A class that is checked as such fails with an error that Spring answers with 500.
  expect(errors.join('\n')).toContain(
    'the path parameter berthId is less than 1, THEN the service SHALL answer 500',
  )
  expect(required).toEqual(['id false', 'name true'])
})

test('bodies are not checked where the generator is told so [SPEC-EXTRACT-04]', async () => {
  const { errors } = await said(
    '<configOptions><useBeanValidation>false</useBeanValidation></configOptions>',
    `@ExceptionHandler(MethodArgumentNotValidException.class)
  public ResponseEntity<Void> unfit(MethodArgumentNotValidException e) { return ResponseEntity.unprocessableEntity().build(); }`,
  )
  expect(errors.filter((one) => one.includes('422'))).toEqual([])
})

test('the path of the server stands before interfaces that have it [SPEC-EXTRACT-04]', async () => {
  const { path } = await said(
    '<configOptions><requestMappingMode>api_interface</requestMappingMode></configOptions>',
    '',
  )
  expect(path).toBe('/quay/harbour/api/berths/{berthId}')
})
