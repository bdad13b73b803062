import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const desk = {
  'requirements.txt': 'fastapi==0.115.0\n',
  'guarded.py': `
import functools
from fastapi import HTTPException, Security
from fastapi.security import OAuth2PasswordBearer
bearer = OAuth2PasswordBearer(tokenUrl="/token", auto_error=False)

def needs(rights):
    def decorator(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            request = kwargs.get("request")
            if not request.user.is_known:
                raise HTTPException(status_code=401, detail="Who are you?")
            if not request.user.may(rights):
                raise HTTPException(status_code=403, detail="No")
            return await func(*args, **kwargs)
        return wrapper
    return decorator

def guarded(method, path, rights, **more):
    def decorator(func):
        inner = needs(rights or [])(func)
        return method(path, dependencies=[Security(dependency=bearer)], **more)(inner)
    return decorator
`,
  'main.py': `
from typing import Annotated
from fastapi import Body, FastAPI, HTTPException, Path, Query, Request
from pydantic import BaseModel
from guarded import guarded
from shelf import shelf
app = FastAPI()

class Book(BaseModel):
    title: str
    owner_id: int | None = None
    group_id: int | None = None

@guarded(app.put, "/books/{id}", ["books.write"], status_code=201)
async def change(
    request: Request,
    id: Annotated[int, Path(ge=1)],
    book: Book,
    quiet: Annotated[bool, Query()] = False,
) -> Book:
    if (book.owner_id is None) == (book.group_id is None):
        raise HTTPException(status_code=400, detail="One of the two")
    if shelf.is_locked:
        raise HTTPException(status_code=423)
    return book
`,
  'shelf.py': `
import os
class Shelf:
    is_locked: bool = False
    def lock(self):
        self.is_locked = True
shelf = Shelf()
`,
}

test('what a decorator of the repository routes has the parameters, the status and the model of the function that it wraps [SPEC-PACKS-01]', async () => {
  const found = summarize(await extractFiles(desk))
  expect(found.parameters['PUT /books/{id}']).toEqual([
    'body group_id',
    'body owner_id',
    'body title',
    'path id',
    'query quiet',
  ])
  expect(found.statuses['PUT /books/{id}']).toEqual([201, 400, 401, 403, 422, 423])
})

test('defaults of a body and of what a program holds are no values of a request, and a scheme whose token nobody gets is not how a caller signs in [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles(desk)
  const [operation] = factsOf(set.facts, 'operation')
  const title = operation ? operationTitle(operation) : ''
  const said = (status: number) =>
    factsOf(set.facts, 'error')
      .filter((one) => one.status === status)
      .map((one) => sayFact(one, title))
      .join('\n')
  expect(said(400)).toContain('owner_id')
  expect(said(423)).toContain('is_locked')
  expect(said(401)).toMatch(/request\.user\.is_known` does not hold/)
  expect(factsOf(set.facts, 'guard')).toEqual([
    expect.objectContaining({ guard: 'authentication', status: 401, credentials: [], grade: 'proved' }),
  ])
})

test('routes and middleware that only some settings put there say which, and how a program is started is none [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115.0\n',
    'main.py': `
import os
from fastapi import APIRouter, FastAPI
from settings import settings
app = FastAPI()
debug = APIRouter(prefix="/debug")
@debug.get("/state")
def state():
    return {}
@app.get("/books")
def books():
    return []
if settings.show_state:
    app.include_router(debug)
if __name__ == "__main__":
    @app.get("/started")
    def started():
        return {}
`,
  })
  const said = factsOf(set.facts, 'operation').map((one) => sayFact(one, operationTitle(one)))
  expect(said.toSorted()).toEqual([
    'THE service SHALL answer GET /books.',
    'THE service SHALL answer GET /started.',
    expect.stringMatching(/^WHERE `settings\.show_state` .*, the service SHALL answer GET \/debug\/state\.$/),
  ])
  const express = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const express = require('express')
const app = express()
if (process.env.CLOSED) app.use((req, res, next) => { if (!req.get('x-key')) return res.status(401).end(); next() })
app.get('/books', (req, res) => res.json([]))
`,
  })
  const errors = factsOf(express.set.facts, 'error').map((one) => sayFact(one, 'GET /books'))
  expect(errors).toEqual([
    expect.stringMatching(
      /the header x-key is missing and `process\.env\.CLOSED` is there, THEN .* answer 401/,
    ),
  ])
})

test('applications in folders of their own that answer the same request are services of their own [SPEC-EXTRACT-09]', async () => {
  const program = (path: string, more: string) => `
from flask import Flask
app = Flask(__name__)
@app.route("/health")
def health():
    return {"of": "${path}"}
@app.route("/${more}", methods=["POST"])
def work():
    return {}, 201
`
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'service/tags/main.py': program('tags', 'tag'),
    'service/faces/main.py': program('faces', 'find'),
  })
  expect(
    factsOf(set.facts, 'operation')
      .map((one) => `${one.service} ${operationTitle(one)}`)
      .toSorted(),
  ).toEqual([
    'service/faces GET /health',
    'service/faces POST /find',
    'service/tags GET /health',
    'service/tags POST /tag',
  ])
})

test('a mapper that code makes for itself names no field of a request, and rules of Spring Security that a setting turns on say so [SPEC-EXTRACT-06]', async () => {
  const files = {
    'src/main/java/desk/Copilot.java': `package desk;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
public class Copilot {
  String ask() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    return mapper.toString();
  }
}
`,
    'src/main/java/desk/Rules.java': `package desk;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
public class Rules {
  @Value("\${desk.closed}")
  private Boolean isClosed;
  @Bean
  public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    http.csrf(csrf -> csrf.disable());
    if (Boolean.TRUE.equals(isClosed)) {
      http.authorizeHttpRequests(all -> all.requestMatchers("/loans").hasRole("desk"));
      http.oauth2ResourceServer(server -> server.jwt(jwt -> {}));
    } else {
      http.authorizeHttpRequests(all -> all.anyRequest().permitAll());
    }
    return http.build();
  }
}
`,
    'src/main/java/desk/Loans.java': `package desk;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
@RestController
public class Loans {
  @PostMapping("/loans")
  public String borrow(@RequestBody Loan loan) { return "ok"; }
}
class Loan { public String bookTitle; }
`,
  }
  const { set } = await extractFiles(files)
  const said = [...factsOf(set.facts, 'guard'), ...factsOf(set.facts, 'error')].map((one) =>
    sayFact(one, 'POST /loans'),
  )
  expect(said).toContain(
    'WHEN a client sends POST /loans and `desk.closed` holds, the service SHALL refuse a caller without desk, and answer 401 to one who is not signed in.',
  )
  expect(said).toContain(
    'IF, for POST /loans, the caller is not signed in and `desk.closed` holds, THEN the service SHALL answer 401.',
  )
  expect(factsOf(set.facts, 'model').flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual([
    'bookTitle',
  ])
  const bean = await extractFiles({
    ...files,
    'src/main/java/desk/Json.java': `package desk;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import org.springframework.context.annotation.Bean;
public class Json {
  @Bean
  public ObjectMapper mapper() { return new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE); }
}
`,
  })
  expect(factsOf(bean.set.facts, 'model').flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual([
    'book_title',
  ])
})

test('a method of Java has the parameters of the interface that it implements, whatever stands on it, in packages of any name [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
      'src/main/java/desk/target/Loan.java': `package desk.target;
public class Loan { public String title; }
`,
      'src/main/java/desk/LoanApi.java': `package desk;
import desk.target.Loan;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RequestMapping("/loans")
public interface LoanApi {
  @PutMapping("/{id}")
  ResponseEntity<Void> change(@PathVariable("id") long loanId, @RequestBody Loan loan, @RequestParam(value = "quiet", required = false) Boolean isQuiet);
}
`,
      'src/main/java/desk/LoanResource.java': `package desk;
import desk.target.Loan;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
@RestController
public class LoanResource implements LoanApi {
  @Override
  @Audited(what = "loan")
  public ResponseEntity<Void> change(final long loanId, final Loan loan, final Boolean isQuiet) {
    return ResponseEntity.noContent().build();
  }
}
`,
    }),
  )
  expect(found.parameters).toEqual({ 'PUT /loans/{id}': ['body title', 'path id', 'query quiet'] })
})

test('several parameters of FastAPI that are the body are its fields [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'main.py': `
from typing import Annotated
from fastapi import Body, FastAPI
from pydantic import BaseModel
app = FastAPI()
class Book(BaseModel):
    title: str
@app.post("/books")
def add(book: Book, note: Annotated[str, Body(max_length=9)], tags: list[str] = Body([])):
    return {}
`,
  })
  expect(factsOf(set.facts, 'body').map((one) => sayFact(one, 'POST /books'))).toEqual([
    'WHEN a client sends POST /books, the service SHALL require a body of application/json with book (Book, required), note (string, required, 9 or fewer characters), tags (a list of string).',
  ])
})

test('what comes after a form that is valid comes only where it is not, also behind a question that is answered and within a block [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, redirect, render_template, request
from forms import ShelfForm
app = Flask(__name__)
@app.route("/shelves", methods=["GET", "POST"])
def shelves():
    form = ShelfForm()
    if request.method == "POST":
        with app.lock:
            if form.validate():
                return redirect("/")
    return render_template("shelves.html", form=form)
`,
    'forms.py': `
from flask_wtf import FlaskForm
class ShelfForm(FlaskForm):
    pass
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = factsOf(set.facts, 'response').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(said.toSorted()).toEqual([
    'WHEN a client sends GET /shelves, the service SHALL answer 200.',
    expect.stringMatching(
      /^WHEN a client sends POST \/shelves and `.*validate\(\)` does not hold, the service SHALL answer 200\.$/,
    ),
    expect.stringMatching(
      /^WHEN a client sends POST \/shelves and `.*validate\(\)` holds, the service SHALL answer 302\.$/,
    ),
  ])
})

test('settings, texts of which a part is known, and what a body says of its media are told apart from what is asked [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
import json
from flask import Flask, Response, jsonify, request
from settings import settings
app = Flask(__name__)
def who():
    if settings.closed:
        return {"error": "Closed"}
    return {"sub": "desk"}
@app.before_request
def check():
    if request.path in ("/speech", "/speech/live"):
        return jsonify({"message": "Too long"}), 413
    caller = who()
    if "error" in caller:
        return jsonify(caller), 401
@app.route("/books/<id>")
def book(id):
    if id == "0":
        return Response(json.dumps({}), status=404, content_type="application/scim+json")
    return {}
`,
    'settings.py': `
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    closed: bool = False
settings = Settings()
`,
  })
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, 'GET /books/{id}'))
  expect(said.filter((one) => one.includes('413'))).toEqual([])
  expect(said.find((one) => one.includes('401'))).toMatch(/closed/)
  expect(said.find((one) => one.includes('404'))).not.toContain('say')
})

test('a method that a decorator refuses by itself is none, whoever asks for it behind it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'django\n',
      'views.py': `
from functools import wraps
from django.http import HttpResponse, JsonResponse
def only(*methods):
    allowed = set(methods)
    def decorator(f):
        @wraps(f)
        def wrapper(request, *args, **kwargs):
            if request.method not in methods:
                return HttpResponse(status=405)
            return f(request, *args, **kwargs)
        return wrapper
    return decorator
@only("GET")
def books(request):
    if request.method == "POST":
        return JsonResponse({}, status=201)
    return JsonResponse({"books": []})
`,
      'urls.py': `
from django.urls import path
from views import books
urlpatterns = [path("books/", books)]
`,
    }),
  )
  expect(Object.keys(found.statuses)).toEqual(['GET /books/'])
})
