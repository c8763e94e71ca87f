ALTER TABLE place ADD CONSTRAINT the_rating_that_visitors_give_to_a_place_is_one_of_the_numbers_from_one_to_five CHECK (rating BETWEEN 1 AND 5);
