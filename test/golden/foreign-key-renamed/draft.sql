-- foreign-key-renamed

ALTER TABLE invoice RENAME CONSTRAINT fk_old TO fk_new;
