CREATE SCHEMA shop;
CREATE TYPE shop.place_status AS ENUM ('NEW', 'QUEUED');
