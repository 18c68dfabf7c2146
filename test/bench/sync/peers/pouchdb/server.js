import express from 'express';
import expressPouchdb from 'express-pouchdb';
import PouchDB from 'pouchdb-node';

/** PouchDB's own server on its own storage, LevelDB; without the parts that only a person needs. */
const [folder] = process.argv.slice(2);
const app = express();
const databases = PouchDB.defaults({ prefix: `${folder}/` });
app.use('/', expressPouchdb(databases, { mode: 'minimumForPouchDB' }));
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`listening on ${server.address().port}`);
});
