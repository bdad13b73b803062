import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function errorsOf(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  const operations = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, one]))
  return factsOf(set.facts, 'error').flatMap((fact) => {
    const operation = operations.get(fact.operation)
    return operation ? [sayFact(fact, operationTitle(operation))] : []
  })
}

const moorings = (valid: string) => ({
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/quay/Mooring.java': `package quay;
import jakarta.validation.constraints.*;
public class Mooring {
  @NotNull
  private Long boat;
  @NotBlank
  private String rope;
  private String note;
  public Long getBoat() { return boat; }
  public String getRope() { return rope; }
  public String getNote() { return note; }
}
`,
  'src/main/java/quay/Moorings.java': `package quay;
import jakarta.validation.Valid;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
class Moorings {
  private Boats boats;
  @PostMapping("/moorings")
  public Mooring moor(${valid} @RequestBody Mooring mooring) {
    if (mooring == null) throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "no mooring");
    if (mooring.getBoat() == null) throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "no boat");
    if (mooring.getRope().isEmpty()) throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "no rope");
    if (mooring.getNote() == null) throw new ResponseStatusException(HttpStatus.CONFLICT, "no note");
    return mooring;
  }
}
`,
  'src/main/resources/application.properties': 'server.error.include-message=always',
  'src/main/java/quay/Boats.java': 'package quay;\ninterface Boats {}\n',
})

test('Java: what a handler asks again of a body that was checked before it never comes [SPEC-EXTRACT-10]', async () => {
  const checked = await errorsOf(moorings('@Valid'))
  expect(checked.filter((one) => /no (?:mooring|boat|rope)/.test(one))).toEqual([])
  expect(checked).toContainEqual(expect.stringMatching(/the body’s field note is missing.*409.*no note/))
  const free = await errorsOf(moorings(''))
  expect(free.filter((one) => /no (?:boat|rope)/.test(one))).toHaveLength(2)
})

const berths = (bounds: string) => ({
  'requirements.txt': 'fastapi',
  'main.py': `from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()

class Berth(BaseModel):
    name: str${bounds}

@app.post("/berths")
def add(berth: Berth):
    if not berth.name:
        raise HTTPException(400, "no name")
    return {}
`,
})

test('Python: a text that is required may be empty, unless it has a length [SPEC-EXTRACT-10]', async () => {
  const free = await errorsOf(berths(''))
  expect(free.filter((one) => one.includes('no name'))).toHaveLength(1)
  const bounded = await errorsOf(berths(' = Field(min_length=1)'))
  expect(bounded.filter((one) => one.includes('no name'))).toEqual([])
})

test('Java: what a handler asks of a body is told by the names that requests have for its fields [SPEC-REQUIREMENTS-01]', async () => {
  const files = moorings('')
  const named = {
    ...files,
    'src/main/java/quay/Mooring.java': files['src/main/java/quay/Mooring.java']
      .replace(
        '  private String note;',
        '  @com.fasterxml.jackson.annotation.JsonProperty("harbour_note")\n  private String note;',
      )
      .replace(
        'public class',
        '@com.fasterxml.jackson.databind.annotation.JsonNaming(com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy.class)\npublic class',
      ),
  }
  const errors = await errorsOf(named)
  expect(errors).toContainEqual(
    expect.stringMatching(/the body’s field harbour_note is missing.*409.*no note/),
  )
  expect(errors).toContainEqual(expect.stringMatching(/the body’s field Rope is empty.*400.*no rope/))
})
