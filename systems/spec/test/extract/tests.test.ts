import { expect, test } from 'vitest'
import { countExpected } from '../../src/extract/tests/count-expected.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What tests see, by operation, and what is asked of it. */
async function seen(files: Record<string, string>): Promise<{ seen: string[]; asked: string[] }> {
  const { set } = await extractFiles(files)
  const names = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  return {
    seen: factsOf(set.facts, 'assertion')
      .map(({ operation, status }) => `${names.get(operation)} ${status}`)
      .toSorted(),
    asked: set.questions.flatMap(({ text }) => (/\btests?\b/i.test(text) ? [text] : [])).toSorted(),
  }
}

const express = {
  'package.json': '{"dependencies":{"express":"4"}}',
  'src/app.js': `const express = require('express')
const app = express()
app.get('/loans/:id', (req, res) => { if (req.params.id === 'none') return res.status(404).end(); res.json({}) })
app.post('/loans', (req, res) => res.status(201).json({}))
app.delete('/loans/:id', (req, res) => res.status(204).end())
module.exports = app
app.listen(80)
`,
}

test('statuses that tests of JavaScript expect are seen, by whatever they compare, through helpers, tables and variables [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    ...express,
    'test/helpers.js': `const request = require('supertest')
const base = '/loans'
exports.lend = (body) => request(app).post(base).send(body)
exports.expectStatus = (response, status) => expect(response.statusCode).toBe(status)
`,
    'test/loans.test.js': `const request = require('supertest')
const { StatusCodes } = require('http-status-codes')
const { lend, expectStatus } = require('./helpers')
describe('loans', () => {
  let id
  beforeEach(() => { id = 4 })
  it('gives one', () => request(app).get('/loans/' + id).set('a', 'b').expect(200))
  it('knows what is not there', async () => {
    const { status } = await request(app).get(\`/loans/\${id}?all=1\`)
    expect(status).toEqual(StatusCodes.NOT_FOUND)
    expect(status).not.toBe(500)
  })
  it('lends', async () => expectStatus(await lend({}), 201))
  it.each([[400], [409]])('refuses', async (status) => { expect((await lend({})).status).toBe(status) })
  it('gives back', (done) => {
    fetch('http://localhost:80/loans/4', { method: 'DELETE' }).then((response) => {
      response.should.have.status(204)
      done()
    })
  })
})
`,
  })
  expect(found.seen).toEqual([
    'DELETE /loans/{id} 204',
    'GET /loans/{id} 200',
    'GET /loans/{id} 404',
    'POST /loans 201',
    'POST /loans 400',
    'POST /loans 409',
  ])
  expect(found.asked).toEqual([
    'A test expects 400 of POST /loans; which code answers it?',
    'A test expects 409 of POST /loans; which code answers it?',
  ])
})

test('what nothing routes is asked once, but not what a test routes by itself, or calls to see that it is not there [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    ...express,
    'test/routes.test.js': `app.get('/probe', (req, res) => res.json({}))
it('a', () => request(app).get('/probe').expect(200))
it('b', () => request(app).get('/nowhere').expect(404))
it('c', () => request(app).put('/loans/4').expect(200))
it('d', () => request(app).get('/loans/4/copies').expect(403))
it('e', () => request(app).get('/loans/4').expect(200))
`,
  })
  expect(found).toEqual({
    seen: ['GET /loans/{id} 200'],
    asked: ['Tests call PUT /loans/4 and 1 more; where are they routed?'],
  })
})

test('one status that many operations are expected to answer is one question [SPEC-EXTRACT-12]', async () => {
  const paths = ['a', 'b', 'c', 'd', 'e']
  const found = await seen({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `const app = require('express')()
${paths.map((path) => `app.get('/${path}', (req, res) => res.json({}))`).join('\n')}
app.listen(80)
`,
    'test/app.test.js': paths
      .map((path) => `it('${path}', () => request(app).get('/${path}').expect(418))`)
      .join('\n'),
  })
  expect(found.asked).toEqual(['Tests expect 418 of GET /a and 4 more operations; which code answers it?'])
})

test('statuses that tests of Python expect are seen: asserts, cases of pytest, methods of classes of tests [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    'requirements.txt': 'fastapi\n',
    'app.py': `from fastapi import FastAPI, HTTPException
app = FastAPI()

@app.get('/loans/{id}')
def read(id: str):
    if id == 'x':
        raise HTTPException(404)
    return {}

@app.post('/loans', status_code=201)
def lend():
    return {}
`,
    'tests/base.py': `class Base:
    def lend(self, data):
        return self.client.post(self.url, json=data)

    def assert_status(self, response, status):
        self.assertEqual(response.status_code, status)
`,
    'tests/test_loans.py': `import pytest
from http import HTTPStatus
from tests.base import Base

def test_read(client):
    response = client.get("/loans/%s" % 4)
    assert response.status_code == 200, response.text

@pytest.mark.parametrize("name,expected", [("x", 404), ("y", HTTPStatus.FORBIDDEN)])
def test_refused(client, name, expected):
    assert client.get(f"/loans/{name}").status_code == expected

class TestLoans(Base):
    def setUp(self):
        self.url = '/loans'

    def test_lend(self):
        self.assert_status(self.lend({}), 201)
`,
  })
  expect(found.seen).toEqual([
    'GET /loans/{id} 200',
    'GET /loans/{id} 403',
    'GET /loans/{id} 404',
    'POST /loans 201',
  ])
  expect(found.asked).toEqual(['A test expects 403 of GET /loans/{id}; which code answers it?'])
})

test('statuses that tests of Python expect are seen through fixtures, objects of their own and errors that they take [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    'requirements.txt': 'tornado\n',
    'app.py': `from tornado.web import Application, HTTPError, RequestHandler

class Loan(RequestHandler):
    def get(self, id):
        if id == 'x':
            raise HTTPError(404)
        self.write({})

    def delete(self, id):
        self.set_status(204)

app = Application([(r'/loans/(\\w+)', Loan)])
`,
    'tests/conftest.py': `import pytest

class Desk:
    def __init__(self, app, base):
        self.app = app
        self.base = base

    async def drop(self, id):
        request, response = await self.app.asgi_client.delete(f"{self.base}/{id}")
        return response

@pytest.fixture
async def desk(app):
    return Desk(app, "/loans")

@pytest.fixture
def first(client):
    return client.get("/loans/1")
`,
    'tests/test_loans.py': `import pytest
from tornado.httpclient import HTTPClientError

async def test_missing(http_client, base_url):
    with pytest.raises(HTTPClientError) as error:
        await http_client.fetch(base_url + "/loans/x")
    assert error.value.code == 404

async def test_drops(desk):
    response = await desk.drop(3)
    assert response.status == 204

def test_first(first):
    assert first.status_code == 200
`,
  })
  expect(found.seen).toEqual(['DELETE /loans/{id} 204', 'GET /loans/{id} 200', 'GET /loans/{id} 404'])
})

test('statuses that tests of Java expect are seen: MockMvc, RestAssured, WebTestClient, TestRestTemplate, and JAX-RS clients [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
    'src/main/java/loans/Loans.java': `package loans;
import org.springframework.web.bind.annotation.*;
@RestController @RequestMapping("/loans")
class Loans {
  @GetMapping("/{id}") public String read(@PathVariable String id) { return id; }
  @PostMapping public String lend() { return ""; }
}
`,
    'src/test/java/loans/LoansTest.java': `package loans;
class LoansTest {
  static final String LOANS = "/loans";
  @Test void mvc() throws Exception { mvc.perform(get(LOANS + "/{id}", 4).param("a", "b")).andExpect(status().isOk()).andExpect(status().is(402)); }
  @Test void assured() { given().contentType("a").when().get("/loans/4").then().statusCode(is(404)); }
  @Test void web() { client.post().uri("/loans").exchange().expectStatus().isEqualTo(HttpStatus.CONFLICT).expectBody(); }
  @Test void template() {
    ResponseEntity<String> response = rest.exchange("/loans", HttpMethod.POST, null, String.class);
    assertThat(response.getStatusCode()).isEqualTo(HttpStatus.GONE);
    assertThat(response.getBody()).isEqualTo(LOANS);
  }
  @Test void resource() { assertEquals(410, target(LOANS).path("4").request().get().getStatus()); }
}
`,
  })
  expect(found.seen).toEqual([
    'GET /loans/{id} 200',
    'GET /loans/{id} 402',
    'GET /loans/{id} 404',
    'GET /loans/{id} 410',
    'POST /loans 409',
    'POST /loans 410',
  ])
})

const loans = {
  'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
  'src/main/java/loans/Paths.java': `package loans;
public interface Paths { String ROOT = "/desk"; String LOANS = ROOT + "/loans"; }
`,
  'src/main/java/loans/Loans.java': `package loans;
import org.springframework.web.bind.annotation.*;
@RestController @RequestMapping(Paths.LOANS)
class Loans {
  @GetMapping("/{id}") public String read(@PathVariable String id) { return id; }
  @PostMapping public String lend() { return ""; }
  @DeleteMapping("/{id}") public void end(@PathVariable String id) { }
}
`,
}

test('tests of Java name paths by constants of the program, and have them of classes around and above them [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    ...loans,
    'src/integrationTest/java/desk/Asked.java': `package desk;
import static loans.Paths.LOANS;
abstract class Asked {
  String one;
  @BeforeEach void setUp() { one = LOANS + "/4"; }
  abstract String other();
  @Test void isInherited() { mvc.perform(delete(other())).andExpect(MockMvcResultMatchers.status().isLocked()); }
}
`,
    'src/integrationTest/java/desk/LoansIT.java': `package desk;
import loans.Paths;
class LoansIT extends Asked {
  String other() { return one; }
  @Nested class Reading {
    @Test void constant() { mvc.perform(get(Paths.LOANS + "/{id}", 4)).andExpect(status().isGone()); }
    @Test void field() { mvc.perform(get(one)).andExpect(status().isConflict()); }
    @Test void helper() { assertEquals(410, lend()); }
  }
  @Test void named() { assertEquals(418, target("/desk/loans/4").request().delete().getStatus()); }
  WebTarget target(String path) { return client.target("http://desk" + path); }
  int lend() { return given().post("desk/loans").then().extract().statusCode(); }
}
`,
  })
  expect(found.seen).toEqual([
    'DELETE /desk/loans/{id} 418',
    'DELETE /desk/loans/{id} 423',
    'GET /desk/loans/{id} 409',
    'GET /desk/loans/{id} 410',
    'POST /desk/loans 410',
  ])
})

test('what a client of Java throws is asked for by what it was called with, also by clients that are only declared [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    ...loans,
    'src/test/java/desk/ErrorsTest.java': `package desk;
class ErrorsTest {
  @Client("/desk") interface Desk { @Get("/loans/{id}") String find(int id); @Delete("/loans/{id}") void end(int id); }
  Desk desk;
  @Test void thrown() {
    HttpClientResponseException error = assertThrows(HttpClientResponseException.class, () -> desk.find(4));
    assertEquals(HttpStatus.GONE, error.getStatus());
  }
  @Test void named() { assertThrows(ConflictException.class, () -> { desk.find(4); }); }
  @Test void nested() { assertThatThrownBy(() -> rest.getForEntity("/desk/loans/4", String.class)).isInstanceOf(HttpClientErrorException.NotFound.class); }
  @Test void property() { assertThatThrownBy(() -> desk.end(4)).extracting("status").isEqualTo(HttpStatus.LOCKED); }
  @Test(expected = ForbiddenException.class) public void expected() { desk.end(4); }
  @Test void caught() {
    try { rest.postForObject("/desk/loans", null, String.class); fail(); }
    catch (HttpStatusCodeException error) { assertEquals(409, error.getStatusCode().value()); }
  }
  @Test void built() throws Exception {
    HttpRequest request = HttpRequest.newBuilder().uri(URI.create(base + "/desk/loans")).POST(body).build();
    assertThat(client.send(request, handler).statusCode()).isEqualTo(415);
  }
  @Test void handed(VertxTestContext context) {
    client.post(80, "localhost", "/desk/loans").send(context.succeeding(answer -> assertEquals(422, answer.statusCode())));
  }
}
`,
  })
  expect(found.seen).toEqual([
    'DELETE /desk/loans/{id} 403',
    'DELETE /desk/loans/{id} 423',
    'GET /desk/loans/{id} 404',
    'GET /desk/loans/{id} 409',
    'GET /desk/loans/{id} 410',
    'POST /desk/loans 409',
    'POST /desk/loans 415',
    'POST /desk/loans 422',
  ])
})

test('statuses that tests of Go expect are seen: recorders, tables of cases, and what fails otherwise [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    'go.mod': 'module loans\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'main.go': `package main
import "github.com/gin-gonic/gin"
func main() {
  r := gin.Default()
  r.GET("/loans/:id", read)
  r.POST("/loans", lend)
  r.Run()
}
func read(c *gin.Context) { c.JSON(200, nil) }
func lend(c *gin.Context) { c.JSON(201, nil) }
`,
    'main_test.go': `package main
func ask(h http.Handler, method, path string) *httptest.ResponseRecorder {
  req, _ := http.NewRequest(method, path, nil)
  w := httptest.NewRecorder()
  h.ServeHTTP(w, req)
  return w
}
func TestRead(t *testing.T) {
  for _, tc := range []struct { path string; want int }{{path: "/loans/4", want: http.StatusOK}, {"/loans/5", 404}} {
    t.Run(tc.path, func(t *testing.T) { assert.Equal(t, tc.want, ask(router, "GET", tc.path).Code) })
  }
}
func TestLend(t *testing.T) {
  req := httptest.NewRequest(http.MethodPost, fmt.Sprintf("/%s", "loans"), nil)
  rec := httptest.NewRecorder()
  router.ServeHTTP(rec, req)
  if rec.Code != http.StatusCreated { t.Fatalf("got %d", rec.Code) }
  if rec.Code == 500 { rec.Flush() }
}
`,
  })
  expect(found.seen).toEqual(['GET /loans/{id} 200', 'GET /loans/{id} 404', 'POST /loans 201'])
})

test('what tests of Go hand to a handler by itself is expected of the operation that it handles, whatever path they ask for [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    'go.mod': 'module loans\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
    'main.go': `package main
import (
  "net/http"
  "loans/api"
  "github.com/go-chi/chi/v5"
)
func main() {
  shelf := &api.Shelf{}
  r := chi.NewRouter()
  r.Get("/v1/loans/{id}", shelf.Read)
  r.Post("/v1/loans", api.Lend(shelf))
  r.Delete("/v1/loans/{id}", api.Return(shelf))
  r.Get("/v1/loans", api.List)
  r.Put("/v1/loans", api.Renew(shelf))
  http.ListenAndServe(":80", r)
}
`,
    'api/api.go': `package api
import "net/http"
type Shelf struct{}
func (s *Shelf) Read(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }
func Lend(s *Shelf) http.HandlerFunc { return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201) } }
func Return(s *Shelf) http.HandlerFunc { return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) } }
func Renew(s *Shelf) http.HandlerFunc { return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(202) } }
func List(w http.ResponseWriter, r *http.Request) { w.WriteHeader(200) }
`,
    'api/api_test.go': `package api
func TestRead(t *testing.T) {
  for _, want := range []int{404} {
    w := httptest.NewRecorder()
    shelf.Read(logged(w), httptest.NewRequest("GET", "/", nil))
    res := w.Result()
    if res.StatusCode != want { t.Errorf("got %d", res.StatusCode) }
  }
}
func TestLend(t *testing.T) {
  lend := Lend(shelf)
  w := httptest.NewRecorder()
  lend.ServeHTTP(w, httptest.NewRequest("POST", "/?for=4", nil))
  if got, want := w.Code, 409; got != want { t.Errorf("got %d", got) }
}
func TestReturn(t *testing.T) {
  router := chi.NewRouter()
  router.Delete("/one/{id}", Return(shelf))
  w := httptest.NewRecorder()
  router.ServeHTTP(w, httptest.NewRequest("DELETE", "/one/4", nil))
  Convey("it is gone", t, func() { So(w.Code, ShouldEqual, http.StatusGone) })
}
var _ = Describe("loans", func() {
  It("lists them", func() {
    w := httptest.NewRecorder()
    http.HandlerFunc(List).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
    Expect(w.Code).To(Equal(http.StatusTeapot))
    Expect(w.Code).ToNot(Equal(500))
  })
})
func (s *LoanSuite) SetupTest() { s.rec = httptest.NewRecorder() }
func (s *LoanSuite) TestRenew() {
  s.rec = httptest.NewRecorder()
  Renew(s.shelf)(s.rec, httptest.NewRequest("PUT", "/", nil))
  s.Equal(http.StatusLocked, s.rec.Code)
}
`,
  })
  expect(found.seen).toEqual([
    'DELETE /v1/loans/{id} 410',
    'GET /v1/loans 418',
    'GET /v1/loans/{id} 404',
    'POST /v1/loans 409',
    'PUT /v1/loans 423',
  ])
})

test('what Go makes a context of records the answer, tables are gone through by their index, and helpers may stand in a folder of their own [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    'go.mod': 'module example.com/desk\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import "github.com/gin-gonic/gin"

func main() {
	r := gin.Default()
	r.GET("/loans/:id", read)
	r.POST("/loans", lend)
	r.DELETE("/loans/:id", giveBack)
	r.Run(":80")
}

func read(c *gin.Context) {
	if c.Param("id") == "5" {
		c.Status(404)
		return
	}
	c.JSON(200, nil)
}
func lend(c *gin.Context)     { c.JSON(201, nil) }
func giveBack(c *gin.Context) { c.Status(204) }
`,
    'internal/testutils/ask.go': `package testutils

func Asked(method, path string) (echo.Context, *httptest.ResponseRecorder) {
	request := httptest.NewRequest(method, path, nil)
	recorder := httptest.NewRecorder()
	return echo.New().NewContext(request, recorder), recorder
}
func Unfound(t *testing.T, rec *httptest.ResponseRecorder) {
	if rec.Code != 404 { t.Error("it is there") }
}
`,
    'main_test.go': `package main

func TestLend(t *testing.T) {
	c, rec := testutils.Asked(http.MethodPost, "/loans")
	lend(c)
	if rec.Code != 201 { t.Error("not lent") }
}
func TestUnfound(t *testing.T) {
	c, rec := testutils.Asked(http.MethodGet, "/loans/5")
	read(c)
	testutils.Unfound(t, rec)
}
func (s *Suite) context(method, path string) (*gin.Context, *httptest.ResponseRecorder) {
	request := httptest.NewRequest(method, path, nil)
	w := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(w)
	c.Request = request
	return c, w
}
func (s *Suite) TestGiveBack() {
	c, w := s.context("DELETE", "/loans/4")
	giveBack(c)
	s.Equal(http.StatusNoContent, w.Code)
}
func TestRead(t *testing.T) {
	cases := []struct {
		id    string
		check func(t *testing.T, rec *httptest.ResponseRecorder)
	}{
		{"4", func(t *testing.T, rec *httptest.ResponseRecorder) { require.Equal(t, http.StatusOK, rec.Code) }},
	}
	for i := range cases {
		one := cases[i]
		rec := httptest.NewRecorder()
		request, _ := http.NewRequest(http.MethodGet, fmt.Sprintf("/loans/%s", one.id), nil)
		router.ServeHTTP(rec, request)
		one.check(t, rec)
	}
}
`,
  })
  expect(found.seen).toEqual([
    'DELETE /loans/{id} 204',
    'GET /loans/{id} 200',
    'GET /loans/{id} 404',
    'POST /loans 201',
  ])
})

test('a test that changes is read again, and is no drift [SPEC-EXTRACT-12]', async () => {
  const asked = (status: number) =>
    seen({ ...express, 'test/a.test.js': `it('a', () => request(app).post('/loans').expect(${status}))` })
  expect((await asked(201)).asked).toEqual([])
  expect((await asked(402)).asked).toEqual(['A test expects 402 of POST /loans; which code answers it?'])
})

test('of what tests expect is counted what is told, what is only asked, and what no code gives [SPEC-EXTRACT-12]', async () => {
  const { set } = await extractFiles({
    ...express,
    'test/loans.test.js': `const request = require('supertest')
it('gives one', () => request(app).get('/loans/4').expect(200))
it('knows what is not there', () => request(app).get('/loans/none').expect(404))
it('refuses', () => request(app).post('/loans').expect(409))
`,
  })
  expect(countExpected(set.facts)).toEqual({
    errors: { expected: 2, told: 1, asked: 0 },
    others: { expected: 1, told: 1, asked: 0 },
  })
  const asked = set.facts.map((fact) => (fact.kind === 'error' ? { ...fact, grade: 'open' as const } : fact))
  expect(countExpected(asked).errors).toEqual({ expected: 2, told: 0, asked: 1 })
})

test('a file of tests that takes too long to be followed is left at that, and the others are read [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    ...express,
    'test/a-long.test.js': `const rows = [${'[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],'.repeat(16_000)}]
`,
    'test/loans.test.js': `const request = require('supertest')
test('is not there', async () => { await request(app).get('/loans/none').expect(404) })
`,
  })
  expect(found.seen).toEqual(['GET /loans/{id} 404'])
})

test('tests that a helper wraps, and that are given who asks, are read where they stand; paths may be constants of the program [SPEC-EXTRACT-12]', async () => {
  const found = await seen({
    ...express,
    'src/paths.js': `exports.loansPath = '/loans'
exports.paths = { one: (id) => \`/loans/\${id}\`, none: '/loans/none' }
`,
    'test/set-up.js': `const request = require('supertest')
const make = require('../src/app')
exports.asSomebody = (work) => () => new Promise((resolve, reject) => pool.transacting((held) => {
  const agent = signIn(request(make(held)))
  work(agent).then(resolve, reject)
}))
`,
    'test/loans.test.js': `const { asSomebody } = require('./set-up')
const { loansPath, paths } = require('../src/paths')
it('lends', asSomebody((service) => service.login('ann', (asAnn) => asAnn.post(loansPath).expect(201))))
it('has none', asSomebody((service) => service.login('ann', (asAnn) => asAnn.get(paths.none).expect((response) => {
  assert.strictEqual(response.status, 404)
}))))
`,
  })
  expect(found.seen).toEqual(['GET /loans/{id} 404', 'POST /loans 201'])
})

test('tests that ask for a route by its name ask for its path: of Django, of its views sets, of Flask and of Pyramid, whose clients are told the status [SPEC-EXTRACT-12]', async () => {
  const django = await seen({
    'requirements.txt': 'django\ndjangorestframework\n',
    'moor/settings.py': 'ROOT_URLCONF = "moor.urls"\n',
    'moor/urls.py': `from django.urls import include, path
urlpatterns = [path('api/', include('moor.api', namespace='api'))]
`,
    'moor/api.py': `from django.urls import include, path
from rest_framework.routers import SimpleRouter
from moor.views import BoatViewSet, tide
app_name = 'api'
router = SimpleRouter()
router.register('boats', BoatViewSet)
urlpatterns = [path('tide/<str:bay>', tide, name='tide'), path('', include(router.urls))]
`,
    'moor/views.py': `from django.http import HttpResponse
from rest_framework.viewsets import ModelViewSet
from moor.models import Boat
class BoatViewSet(ModelViewSet):
    queryset = Boat.objects.all()
def tide(request, bay):
    return HttpResponse(status=404)
`,
    'moor/tests/test_api.py': `from django.urls import reverse
from django.test import TestCase
class ApiTest(TestCase):
    def test_tide(self):
        self.assertEqual(self.client.get(reverse('api:tide', kwargs={'bay': 'x'})).status_code, 404)
    def test_boats(self):
        assert self.client.post(reverse('api:boat-list')).status_code == 400
        url = reverse('api:boat-detail', args=[4])
        assert self.client.delete(url).status_code == 204
    def test_unknown(self):
        assert self.client.get(reverse('other')).status_code == 200
`,
  })
  expect(django.seen).toEqual([
    '* /api/tide/{bay} 404',
    'DELETE /api/boats/{id}/ 204',
    'POST /api/boats/ 400',
  ])
  const pyramid = await seen({
    'setup.py': "install_requires=['pyramid']\n",
    'weir/config.py': `from pyramid.config import Configurator
def configure(settings):
    return Configurator(settings=settings)
`,
    'weir/__init__.py': `from weir.config import configure
def create_app(_, **settings):
    config = configure(settings)
    config.add_route('gate', '/gates/{id}')
    config.scan()
    return config.make_wsgi_app()
`,
    'weir/views.py': `from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config
@view_config(route_name='gate', request_method='GET')
def gate(request):
    raise HTTPNotFound()
@view_config(route_name='gate', request_method='PUT')
def lift(request):
    return {}
`,
    'weir/tests/test_views.py': `import pytest
class TestViews:
    def test_gate(self):
        self.app.get('/gates/4', status=404)
    def test_lift(self):
        self.app.put_json('/gates/4', {}, status=200)
    @pytest.mark.xfail
    def test_later(self):
        self.app.get('/gates/4', status=403)
`,
  })
  expect(pyramid.seen).toEqual(['GET /gates/{id} 404', 'PUT /gates/{id} 200'])
})

test('a success that no test knows of, where tests expect another one, is asked and not told [SPEC-EXTRACT-12]', async () => {
  const files = (expected: number) => ({
    ...express,
    'test/loans.test.js': `const request = require('supertest')
it('gives back', () => request(app).delete('/loans/4').expect(${expected}))
it('knows what is not there', () => request(app).get('/loans/none').expect(404))
`,
  })
  const gradesOf = async (expected: number) => {
    const { set } = await extractFiles(files(expected))
    const names = new Map(factsOf(set.facts, 'operation').map(({ id, method }) => [id, method]))
    return factsOf(set.facts, 'response')
      .map(({ operation, status, grade }) => `${names.get(operation)} ${status} ${grade}`)
      .toSorted()
  }
  expect(await gradesOf(200)).toEqual(['DELETE 204 open', 'GET 200 proved', 'POST 201 proved'])
  expect(await gradesOf(204)).toEqual(['DELETE 204 proved', 'GET 200 proved', 'POST 201 proved'])
})
