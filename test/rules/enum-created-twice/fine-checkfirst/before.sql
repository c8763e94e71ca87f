CREATE TYPE place_status AS ENUM ('NEW', 'QUEUED');
