import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const java = (page: string, code: string) => ({
  'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
  'src/main/java/desk/Loan.java': 'package desk;\npublic class Loan { public String title; }\n',
  'src/main/java/desk/Loans.java': `package desk;
${page}
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  private Shelf shelf;
  @GetMapping("/loans")
  public Page<Loan> loans() { return shelf.loans(); }
}
interface Shelf { Page<Loan> loans(); }
`,
  'src/main/java/desk/Page.java': code,
})
const own = `package desk;
public class Page<T> { public int total; public java.util.List<T> rows; }
`
const python = {
  'requirements.txt': 'fastapi\nfastapi-pagination\n',
  'main.py': `
from fastapi import FastAPI
from fastapi_pagination import Page
from pydantic import BaseModel
app = FastAPI()
class Loan(BaseModel):
    title: str
@app.get("/loans")
def loans() -> Page[Loan]:
    return shelf()
`,
}

const items = (name: string) => ({
  type: 'object',
  fields: [
    {
      name,
      isRequired: true,
      constraints: [],
      shape: { type: 'array', items: { type: 'model', name: 'Loan' } },
    },
  ],
})

test.each([
  ["Spring's", java('import org.springframework.data.domain.Page;', 'package desk;\n'), items('content')],
  ['their own', java('', own), { type: 'model', name: 'PageOfLoan' }],
  ["fastapi-pagination's", python, items('items')],
])(
  'pages are told as the objects that they are, not as lists: %s [SPEC-EXTRACT-05]',
  async (_whose, files: Record<string, string>, shape) => {
    const { set } = await extractFiles(files)
    const [answer] = factsOf(set.facts, 'response')
    expect(answer?.shape).toEqual(shape)
    expect(factsOf(set.facts, 'model').map(({ name }) => name)).toContain('Loan')
  },
)
